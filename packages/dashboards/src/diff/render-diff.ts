import type { PhrasingContent, RootContent, Table, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";

import type { ChangeKind, DefinitionChange, Subject } from "./diff-definitions.ts";

/** The changes of one dashboard as Markdown for a pull request; whatever they name is code there. */
export function renderDiff(dashboard: string, changes: readonly DefinitionChange[]): string {
  const children: RootContent[] = [
    { type: "heading", depth: 2, children: [text("Dashboard "), code(dashboard)] },
    { type: "paragraph", children: [text(summaryOf(changes))] },
    ...changes.flatMap(section),
  ];
  return toMarkdown(
    { type: "root", children },
    { extensions: [gfmTableToMarkdown()], bullet: "-" },
  );
}

/** `2 visuals added, 1 visual moved, 1 filter changed.` */
function summaryOf(changes: readonly DefinitionChange[]): string {
  const counts = new Map<string, number>();
  for (const { subject, kind } of changes.toSorted(byGravity)) {
    const key = `${subject} ${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size === 0) return "Nothing changes.";
  const parts = [...counts].map(([key, n]) => {
    const space = key.lastIndexOf(" ");
    return `${n} ${key.slice(0, space)}${n === 1 ? "" : "s"} ${key.slice(space + 1)}`;
  });
  return `${parts.join(", ")}.`;
}

const KINDS: readonly ChangeKind[] = ["removed", "added", "changed", "moved"];

function byGravity(a: DefinitionChange, b: DefinitionChange): number {
  return (
    SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
  );
}

const SUBJECTS: readonly Subject[] = [
  "visual",
  "sheet",
  "filter",
  "parameter",
  "calculated field",
  "data set",
  "dashboard",
];

function section({ kind, subject, id, title, sheet, details }: DefinitionChange): RootContent[] {
  const name: PhrasingContent[] = subject === "dashboard" ? [] : [text(" "), code(id)];
  const line: PhrasingContent[] = [
    { type: "strong", children: [text(`${capitalised(subject)} ${kind}`)] },
    ...(subject === "dashboard" ? [] : [text(":"), ...name]),
    ...(title === null || subject === "dashboard" ? [] : [text(", "), code(title)]),
    ...(sheet === null ? [] : [text(", on sheet "), code(sheet)]),
  ];
  const paragraph: RootContent = { type: "paragraph", children: line };
  return details.length === 0 ? [paragraph] : [paragraph, table(kind, details)];
}

function table(kind: ChangeKind, details: DefinitionChange["details"]): Table {
  const one = kind === "added" ? "after" : kind === "removed" ? "before" : null;
  const head = one === null ? ["", "before", "after"] : ["", "value"];
  const rows = details.map(({ key, before, after }) =>
    row([
      [code(key)],
      ...(one === null ? [cell(before), cell(after)] : [cell(one === "after" ? after : before)]),
    ]),
  );
  return { type: "table", children: [row(head.map((name) => [text(name)])), ...rows] };
}

function row(cells: readonly PhrasingContent[][]): TableRow {
  return { type: "tableRow", children: cells.map((children) => ({ type: "tableCell", children })) };
}

const LONGEST = 200;

function cell(value: string | null): PhrasingContent[] {
  if (value === null) return [text("–")];
  const line = value.replaceAll(/\s+/g, " ").trim();
  return [code(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line)];
}

function code(value: string): PhrasingContent {
  return { type: "inlineCode", value: value === "" ? " " : value };
}

function text(value: string): PhrasingContent {
  return { type: "text", value };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
