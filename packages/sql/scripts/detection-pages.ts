import { describeDetection, DETECTION_IDS, type DetectionId } from "@turnaway/core";

import { DETECTION_COLUMNS } from "../src/detection-columns.ts";
import type { DetectionHeader, SqlFile } from "../src/sql-file.ts";
import { fenced, GENERATED_NOTE, meaningTable, parameterTable, table } from "./markdown.ts";

export interface Page {
  /** From the folder of the documentation. */
  readonly path: string;
  readonly text: string;
}

/** A page for each detection, and one that lists them. */
export function detectionPages(files: readonly SqlFile[]): readonly Page[] {
  const pages = DETECTION_IDS.map((id) => {
    const name = id.replaceAll("-", "_");
    const detection = files.find((f) => f.kind === "detections" && f.name === name);
    return {
      id,
      header: detection?.detection,
      lines: detection === undefined ? countedApart(id, files) : page(id, detection),
    };
  });
  return [
    { path: "detections.gen.md", text: join(overview(pages)) },
    ...pages.map(({ id, lines }) => ({ path: `detections/${id}.gen.md`, text: join(lines) })),
  ];
}

function overview(
  pages: readonly { id: DetectionId; header: DetectionHeader | undefined }[],
): readonly string[] {
  return [
    "# Detections",
    "",
    "Each is one SQL file over the rollup. A finding has a stable key, so that it is new, ongoing",
    "(day n) or resolved, and can be muted.",
    "",
    ...table(
      ["detection", "finds", "severity", "MITRE ATT&CK"],
      pages.map(({ id, header }) => [
        `[${id}](detections/${id}.gen.md)`,
        describeDetection(id),
        header?.severity ?? "none: counted apart",
        header?.mitre === undefined ? "" : mitreLink(header.mitre),
      ]),
    ),
  ];
}

function page(id: DetectionId, file: SqlFile): readonly string[] {
  const header = file.detection!;
  return [
    `# ${id}`,
    "",
    `**${header.title}.** ${file.what}`,
    "",
    `- Severity: ${header.severity}`,
    ...(header.mitre === undefined ? [] : [`- MITRE ATT&CK: ${mitreLink(header.mitre)}`]),
    `- Fields needed: ${fieldsNeeded(header)}`,
    `- One finding is: ${file.grain}`,
    `- Key, by which it stays the same trouble from day to day: ${header.key.replaceAll(" ", ", ")}`,
    `- Reads ${file.reads}; ${file.cost}`,
    "",
    "## Why it matters",
    "",
    header.why,
    "",
    "## What to do",
    "",
    header.next,
    "",
    "## Evidence",
    "",
    "`evidence` of the finding in the JSON report:",
    "",
    ...evidenceTable(header),
    ...tuning(id, file),
    ...muting(id),
    "## SQL",
    "",
    ...fenced("sql", file.text),
    ...(file.columns === undefined
      ? [
          "Its columns are those of every detection:",
          "",
          ...meaningTable("column", DETECTION_COLUMNS),
        ]
      : meaningTable("column", file.columns)),
  ];
}

function evidenceTable({ evidence }: DetectionHeader): readonly string[] {
  return table(
    ["name", "meaning", "column"],
    Object.entries(evidence ?? {}).map(([name, { from, what }]) => [
      `\`${name}\``,
      what,
      `\`${from}\``,
    ]),
  );
}

function tuning(id: DetectionId, file: SqlFile): readonly string[] {
  const params = Object.entries(file.parameters ?? {});
  return [
    "## Tune it",
    "",
    ...parameterTable(file.parameters),
    "In `turnaway.yml`:",
    "",
    ...fenced(
      "yaml",
      [
        "report:",
        "  detections:",
        `    ${id}:`,
        "      enabled: true",
        `      severity: ${file.detection!.severity}`,
        ...(params.length === 0 ? [] : ["      params:"]),
        ...params.map(([name, p]) => `        ${name}: ${String(p.default ?? "…")}`),
      ].join("\n"),
    ),
  ];
}

function muting(id: DetectionId): readonly string[] {
  return [
    "## Mute a finding",
    "",
    "In `mutes.yml`; every key of `match` must fit. A mute has an owner, a reason and an end:",
    "",
    ...fenced(
      "yaml",
      [
        `- match: { detection: ${id}, client: 10.0.40.0/28 }`,
        "  reason: Why it is no trouble",
        "  owner: team-name",
        "  until: 2027-01-31",
      ].join("\n"),
    ),
  ];
}

// What is counted but never a finding has a query in place of a detection.
function countedApart(id: DetectionId, files: readonly SqlFile[]): readonly string[] {
  const name = `${id.replaceAll("-", "_")}s`;
  const query = files.find((f) => f.kind === "queries" && f.name === name);
  if (query === undefined) throw new Error(`${id} has neither a detection nor a query ${name}`);
  return [
    `# ${id}`,
    "",
    `**${describeDetection(id)}.** ${query.what}`,
    "",
    "With `tcp-flags` such a record has no SYN. Without, it is a refused reply in an hour (or after",
    "one) that let at least as many replies through: a rule lets none through. The rollup counts them",
    "in `late_records`, `late_packets` and `late_bytes`, the report adds them to its totals, and",
    `\`turnaway query ${id}s\` lists them.`,
    "",
    "## SQL",
    "",
    ...fenced("sql", query.text),
    ...meaningTable("column", query.columns),
  ];
}

function fieldsNeeded(header: DetectionHeader): string {
  const needs = header.needs?.split(" ") ?? [];
  if (needs.length === 0) return "those of version 2, the default format";
  return `those of version 2, and ${needs.map((name) => `\`${name}\``).join(", ")}`;
}

function mitreLink(technique: string): string {
  return `[${technique}](https://attack.mitre.org/techniques/${technique.replace(".", "/")}/)`;
}

function join(lines: readonly string[]): string {
  return `${[GENERATED_NOTE, "", ...lines].join("\n").trimEnd()}\n`;
}
