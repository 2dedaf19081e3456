import { QUICKSIGHT_FAULTS } from "@turnaway/testing/quicksight-server";

/** What became of every run that something went wrong in, by what went wrong. */
export class FaultTable {
  // Runs end in any order, and the table has one.
  private readonly rows = new Map<string, Row>(
    Object.keys(QUICKSIGHT_FAULTS).map((fault) => [fault, { ...EMPTY }]),
  );

  /**
   * @param exitCode of the run with the fault; 0 where it was survived
   * @param isSame whether it ended as a clean run does, run again where it failed
   */
  add(fault: string, { exitCode, isSame }: { exitCode: number; isSame: boolean }): void {
    const row = this.rows.get(fault)!;
    row.injected += 1;
    row.converged += isSame ? 1 : 0;
    if (exitCode === 0) row.survived += 1;
    else if (exitCode === 2) row.config += 1;
    else row.failed += 1;
  }

  /** A Markdown table, and its sum in a sentence. */
  text(): string {
    const rows = [...this.rows.values()];
    const sum = (column: keyof Row): number => rows.reduce((total, row) => total + row[column], 0);
    return [
      "# Every fault, before and after every request",
      "",
      "*Survived* are runs that ended well all the same; the others ended with exit 2 or 4. After those the same command was run again. *Converged* are all that left in the end what a run without a fault leaves: nothing is there twice, and what people see succeeded.",
      "",
      "| fault | injected | survived | exit 2 | exit 4 | converged |",
      "| --- | ---: | ---: | ---: | ---: | ---: |",
      ...[...this.rows].map(
        ([fault, { injected, survived, config, failed, converged }]) =>
          `| ${fault} | ${[injected, survived, config, failed, converged].join(" | ")} |`,
      ),
      "",
      `Of ${sum("injected")} injected faults ${sum("survived")} were survived, and ${sum("converged")} converged.`,
      "",
    ].join("\n");
  }
}

interface Row {
  injected: number;
  survived: number;
  config: number;
  failed: number;
  converged: number;
}

const EMPTY: Row = { injected: 0, survived: 0, config: 0, failed: 0, converged: 0 };
