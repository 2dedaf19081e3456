import { stringifyExact, type Finding, type Report, type SqlValue } from "@turnaway/core";
import { csvCell, csvLine } from "../escape/csv-cell.ts";

/** findings.csv: one row per finding, in the order of the report, under a header. */
export function renderCsv(report: Report): string {
  return [...renderCsvChunks(report)].join("");
}

/** {@link renderCsv} in pieces to write one after another: 100,000 findings are 80 MB. */
export function* renderCsvChunks(report: Report): Iterable<string> {
  const columns = report.counted === undefined ? COLUMNS : [...COLUMNS, COUNTED];
  const row = rowWriter(columns, report);
  yield csvLine(columns.map(({ name }) => name));
  for (let start = 0; start < report.findings.length; start += CHUNK) {
    let text = "";
    for (const finding of report.findings.slice(start, start + CHUNK)) {
      text += row(finding);
    }
    yield text;
  }
}

// So short that no piece is a large object, which the young part of the heap would not hold.
const CHUNK = 30;

// A cell that is as in the row before is not escaped again: neighbours share their sentences.
function rowWriter(columns: readonly Column[], report: Report): (finding: Finding) => string {
  const last: { value: SqlValue; cell: string }[] = columns.map(() => ({ value: null, cell: "" }));
  return (finding) => {
    const cells = columns.map((column, index) => {
      const value = column.value(finding, report);
      const before = last[index]!;
      if (value !== before.value) {
        before.value = value;
        before.cell = csvCell(value);
      }
      return before.cell;
    });
    return `${cells.join(",")}\n`;
  };
}

interface Column {
  readonly name: string;
  readonly value: (finding: Finding, report: Report) => SqlValue;
}

// Scripts hold on to these names: add at the end only.
const COLUMNS: readonly Column[] = [
  column("key"),
  { name: "report", value: (_, report) => report.name },
  { name: "window_start", value: (_, report) => report.window.start },
  { name: "window_end", value: (_, report) => report.window.end },
  column("status"),
  column("day"),
  column("severity"),
  column("detection"),
  column("scope"),
  column("client"),
  column("server"),
  column("protocol"),
  column("port"),
  column("firstSeen", "first_seen"),
  column("lastSeen", "last_seen"),
  column("records"),
  column("packets"),
  column("bytes"),
  column("owner"),
  column("refusedAt", "refused_at"),
  column("rule"),
  column("title"),
  column("why"),
  column("next"),
  column("trace"),
  ...(["account", "vpc", "subnet", "instance", "interface"] as const).map((id) => ({
    name: id,
    value: ({ ids }: Finding) => ids[id],
  })),
  { name: "mute_reason", value: ({ mute }) => mute?.reason ?? null },
  { name: "mute_owner", value: ({ mute }) => mute?.owner ?? null },
  { name: "mute_until", value: ({ mute }) => mute?.until ?? null },
  { name: "evidence", value: ({ evidence }) => stringifyExact(evidence) },
];

// Only where the report says it; everywhere else each conversation is counted once.
const COUNTED: Column = { name: "counted", value: (_, report) => report.counted ?? null };

type FlatField = {
  [K in keyof Finding]: Finding[K] extends SqlValue ? K : never;
}[keyof Finding];

function column(field: FlatField, name: string = field): Column {
  return { name, value: (finding) => finding[field] };
}
