import type { Finding } from "@turnaway/core";

/** A part of the Markdown report: what stands before its rows, the rows, what closes them. */
export interface MarkdownSection {
  readonly id: MarkdownSectionId;
  readonly header: string;
  /** Most important first, so whoever must save room drops rows from the end. */
  readonly rows: readonly MarkdownRow[];
  /** Closes what the header opened, and counts the findings that have no row. */
  readonly footer: string;
}

export type MarkdownSectionId =
  | "head"
  | Finding["status"]
  | "unknown"
  | "noise"
  | "late-packets"
  | "trend"
  | "totals"
  | "absent"
  | "coverage"
  | "receipt";

/** One finding or one fact. It stands alone: cutting between rows breaks no Markdown. */
export interface MarkdownRow {
  /** The finding's key; null for what is not a finding. */
  readonly key: string | null;
  readonly text: string;
  /** Whether it follows the row before on the next line, as an item of the same list. */
  readonly sameList: boolean;
}

/** Sections as one Markdown text, ending in a line break. */
export function joinMarkdownSections(sections: readonly MarkdownSection[]): string {
  return `${sections.map(sectionText).join("\n\n")}\n`;
}

function sectionText({ header, rows, footer }: MarkdownSection): string {
  let text = header;
  for (const row of rows) text += (row.sameList ? "\n" : "\n\n") + row.text;
  return footer === "" ? text : `${text}\n\n${footer}`;
}
