import { stringifyExact, type Report } from "@turnaway/core";
import { jsonText } from "../escape/json-text.ts";

/** report.json: the report as it is, integers with all their digits, two spaces, a last newline. */
export function renderJson(report: Report): string {
  return [...renderJsonChunks(report)].join("");
}

/** {@link renderJson} in pieces to write one after another: 100,000 findings are 130 MB. */
export function* renderJsonChunks(report: Report): Iterable<string> {
  const entries = Object.entries(report).filter(([, value]) => value !== undefined);
  const at = entries.findIndex(([name]) => name === "findings");
  const { findings } = report;
  if (findings.length === 0) {
    yield `${jsonText(stringifyExact(report, 2))}\n`;
    return;
  }
  yield `{\n${membersText(entries.slice(0, at), ",\n")}  "findings": [\n`;
  for (let start = 0; start < findings.length; start += CHUNK) {
    // Within the same braces as in the whole, so that it is indented alike.
    const piece = stringifyExact({ findings: findings.slice(start, start + CHUNK) }, 2);
    yield (start === 0 ? "" : ",\n") + jsonText(piece.slice(OPENING.length, -CLOSING.length));
  }
  const after = membersText(entries.slice(at + 1), "\n");
  yield `\n  ]${after === "" ? "\n" : `,\n${after}`}}\n`;
}

// So short that no piece is a large object, which the young part of the heap would not hold.
const CHUNK = 10;
const OPENING = '{\n  "findings": [\n';
const CLOSING = "\n  ]\n}";

// What stands between the braces, and what ends it; nothing for no members.
function membersText(entries: readonly [string, unknown][], end: string): string {
  if (entries.length === 0) return "";
  return jsonText(stringifyExact(Object.fromEntries(entries), 2).slice(2, -2)) + end;
}
