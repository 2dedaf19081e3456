import { GITHUB_FAULTS, type GithubSite } from "@turnaway/testing/github-server";

/** What became of every run that something went wrong in, by what went wrong. */
export class FaultTable {
  // Runs end in any order, and the table has one.
  private readonly rows = new Map<string, Row>(
    Object.keys(GITHUB_FAULTS).map((fault) => [fault, EMPTY]),
  );

  add(fault: string, { end, clean }: { end: GithubSite; clean: GithubSite }): void {
    this.rows.set(
      fault,
      plus(this.rows.get(fault) ?? EMPTY, {
        injected: 1,
        wanted: clean.issues.length,
        created: end.issues.length,
        comments: end.comments.length - clean.comments.length,
      }),
    );
  }

  /** A Markdown table, and its sum in a sentence. */
  text(): string {
    const sum = [...this.rows.values()].reduce(plus, EMPTY);
    return [
      "# Every fault, before and after every request",
      "",
      "*Created* counts issues for each one that was wanted, after the run with the fault and a rerun.",
      "",
      "| fault | injected | created | duplicates | comments too many |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...[...this.rows].map(([fault, row]) => `| ${fault} | ${cells(row).join(" | ")} |`),
      "",
      `Over all ${sum.injected} injected faults: created ${createdText(sum)}, duplicates ${duplicates(sum)}, comments too many ${sum.comments}.`,
      "",
    ].join("\n");
  }
}

interface Row {
  readonly injected: number;
  readonly wanted: number;
  readonly created: number;
  readonly comments: number;
}

const EMPTY: Row = { injected: 0, wanted: 0, created: 0, comments: 0 };

function plus(a: Row, b: Row): Row {
  return {
    injected: a.injected + b.injected,
    wanted: a.wanted + b.wanted,
    created: a.created + b.created,
    comments: a.comments + b.comments,
  };
}

function cells(row: Row): string[] {
  return [row.injected, createdText(row), duplicates(row), row.comments].map(String);
}

function createdText({ created, wanted }: Row): string {
  return String(Math.round((created / wanted) * 1000) / 1000);
}

function duplicates({ created, wanted }: Row): number {
  return created - wanted;
}
