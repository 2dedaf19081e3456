import { expect } from "vitest";
import type { Report } from "@turnaway/core";
import type { GithubStore } from "@turnaway/testing/github-server";
import { dateOf, type Day } from "./story.ts";

interface Entry {
  readonly day: Day;
  readonly report: Report;
  /** What was done, or why nothing was. */
  readonly steps: readonly string[];
  readonly requests: number;
}

/** What stood at the site after each day, as golden files: bodies, comments, and a table of all. */
export class Transcript {
  private readonly rows: string[] = [];
  private readonly seen = new Map<string, string>();
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Keeps every body and comment that this run made or changed. */
  async add(store: GithubStore, { day, report, steps, requests }: Entry): Promise<void> {
    const files: string[] = [];
    const name = dateOf(day.date);
    for (const { key, text } of texts(store)) {
      if (this.seen.get(key) === text) continue;
      const file = await this.keep(`${name}-${key}`, text);
      files.push(`[${key}](${file})`);
    }
    this.look(store);
    this.rows.push(
      `| ${[name, day.happens, report.verdict, steps.map(cell).join("<br>"), files.join(", "), requests].join(" | ")} |`,
    );
  }

  /** Remembers what stands there now, so that what people do is not taken for ours. */
  look(store: GithubStore): void {
    for (const { key, text } of texts(store)) this.seen.set(key, text);
  }

  /** Every run in a row of a table. */
  table(): string {
    const head = ["day", "what happens", "verdict", "what is done", "texts", "requests"];
    return [
      "# What stands on GitHub after each day",
      "",
      "One row a run. The files are the bodies and comments that the run made or changed, as GitHub renders them.",
      "",
      `| ${head.join(" | ")} |`,
      `| ${head.map(() => "---").join(" | ")} |`,
      ...this.rows,
      "",
    ].join("\n");
  }

  // The same day may have two runs; the second one's texts stand beside the first one's.
  private readonly names = new Set<string>();

  private async keep(name: string, text: string): Promise<string> {
    const unique = this.names.has(name) ? `${name}-again` : name;
    this.names.add(unique);
    const file = `${unique}.md`;
    await expect(`${plain(text)}\n`).toMatchFileSnapshot(`../../golden/${this.folder}/${file}`);
    return file;
  }
}

function texts({ issues, comments }: GithubStore): { key: string; text: string }[] {
  return [
    ...issues.map(({ number, body }) => ({ key: `issue-${number}`, text: body ?? "" })),
    ...comments.map(({ id, body }) => ({ key: `comment-${id - 1000}`, text: body })),
  ];
}

// What it inflates to is tested elsewhere; how it deflates is up to the version of zlib.
function plain(text: string): string {
  return text.replaceAll(/^(<!-- turnaway:state:\d+:).*( -->)$/gm, "$1…$2");
}

function cell(step: string): string {
  return step.replaceAll(/ \(\d+ characters\)/g, "").replaceAll("|", "\\|");
}
