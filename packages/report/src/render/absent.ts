import { type Absent, DETECTION_IDS, type Report } from "@turnaway/core";
import { joinSpans, type Fact } from "./spans.ts";

/** Title of the part that lists what the engine of this report can't be asked. */
export const ABSENT_TITLE = "Not in this report";

/** What a part of the report needs that its engine has not; undefined when the part is there. */
export function reasonAbsent({ absent = [] }: Report, section: string): string | undefined {
  return absent.find((one) => one.section === section)?.reason;
}

/** The absent parts, those of one reason in one line. */
export function absentFacts({ absent = [] }: Report): Fact[] {
  return [...Map.groupBy(absent, ({ reason }) => reason)].map(([reason, parts]) => ({
    label: "Absent",
    spans: [
      ...joinSpans(
        parts.map(({ section }) => [{ value: section }]),
        ", ",
      ),
      ": ",
      { prose: reason },
    ],
  }));
}

/** Whether the records were read out of files: a log group has none to count. */
export function hasFiles(report: Report): boolean {
  return reasonAbsent(report, "files") === undefined;
}

/** Whether some trouble was not looked for, so that silence about it says nothing. */
export function isPartlyAsked(report: Report): boolean {
  return absentDetections(report).length > 0;
}

/** A sentence that follows others; empty when every detection was asked. */
export function askedText(report: Report): string {
  if (!isPartlyAsked(report)) return "";
  const count = `${absentDetections(report).length} of ${DETECTION_IDS.length}`;
  return ` ${count} detections were not asked: see "${ABSENT_TITLE}".`;
}

function absentDetections({ absent = [] }: Report): Absent[] {
  const ids: readonly string[] = DETECTION_IDS;
  return absent.filter(({ section }) => ids.includes(section));
}
