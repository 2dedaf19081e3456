import type { Problem } from "@turnaway/core";
import type { Span } from "./spans.ts";
import { countText, counted } from "./words.ts";

/** The first problems, and one that counts the rest: thousands of bad files are one trouble. */
export function problemsShown(problems: readonly Problem[]): readonly Problem[] {
  const rest = problems.length - PROBLEMS_SHOWN;
  if (rest <= 0) return problems;
  const more: Problem = {
    code: "MORE",
    where: "report.json",
    detail: `${counted(rest, "more problem")} of the same report`,
    partial: problems.slice(PROBLEMS_SHOWN).some(({ partial }) => partial),
  };
  return [...problems.slice(0, PROBLEMS_SHOWN), more];
}

/** `GZIP_TRUNCATED app.log.gz:120: the rest is missing` */
export function problemSpans({ code, where, detail }: Problem): Span[] {
  return [{ value: code }, " in ", { value: where }, ": ", { prose: detail }];
}

/** What stands for the findings that a section is too long to show. */
export function omittedText(omitted: number): string {
  return `${countText(omitted)} more are in report.json and findings.csv.`;
}

const PROBLEMS_SHOWN = 20;
