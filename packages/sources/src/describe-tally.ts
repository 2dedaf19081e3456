import type { FileProblem } from "./file-outcome.ts";
import type { NoticeCode, TextTally } from "./text-tally.ts";

/** What people should know of a file's text: its first malformed lines, then notices. */
export function describeTally(tally: TextTally): FileProblem[] {
  const samples = tally.samples.map((sample): FileProblem => ({ ...sample, partial: false }));
  const notices = Object.entries(tally.notices).map(
    ([code, { count, line, example }]): FileProblem => {
      const { text, partial } = NOTICES[code as NoticeCode];
      return { code, detail: text({ count, example }), partial: partial ?? false, line };
    },
  );
  if (tally.headers > 1) notices.push(repeatedHeader(tally));
  return [...samples, ...notices];
}

/** Whether no line could be read as a record because nothing says what the fields are. */
export function isFormatUnknown(tally: TextTally): boolean {
  return tally.headers === 0 && tally.records > 0 && tally.records === tally.malformed;
}

/** The problem of a file whose fields are unknown. */
export function describeUnknownFormat(tally: TextTally): FileProblem {
  const counts = Object.entries(tally.strangers).sort(([, a], [, b]) => b - a);
  const [fields] = counts[0] ?? [];
  const detail =
    fields === undefined
      ? `no header, and no line fits the format: ${tally.samples[0]?.detail ?? ""}`
      : `no header, and lines of ${fields} fields fit no known format; name the fields with --fields`;
  return { code: "FORMAT_UNKNOWN", detail, partial: true };
}

function repeatedHeader(tally: TextTally): FileProblem {
  const more = tally.headers - 1;
  const detail =
    more === 1
      ? "a header stands again between the records"
      : `headers stand ${more} more times between the records`;
  return { code: "HEADER_REPEATED", detail, partial: false };
}

interface NoticeText {
  readonly text: (notice: { count: number; example: string }) => string;
  readonly partial?: boolean;
}

const NOTICES: Readonly<Record<NoticeCode, NoticeText>> = {
  FIELD_UNKNOWN: {
    text: ({ example }) =>
      `the header names fields that are not known: ${example}; they are kept as text`,
  },
  HEADER_DUPLICATE_FIELD: {
    text: ({ example }) => `the header names ${example} twice; no record below it can be read`,
    partial: true,
  },
  TIME_IN_MILLISECONDS: {
    text: ({ count, example }) =>
      `${count} times are in milliseconds, the first ${example}; they are read as seconds`,
  },
  TIME_BACKWARDS: {
    text: ({ count, example }) =>
      `${count} records end before they start, the first at ${example}; they are kept`,
  },
  TIME_UNLIKELY: {
    text: ({ count, example }) =>
      `${count} times lie before 2001 or after 2286, the first ${example}; they are kept`,
  },
  STATUS_UNKNOWN: {
    text: ({ count, example }) =>
      `${count} records have a log status that is not known, the first ${example}; they are kept`,
  },
  NOT_UTF8: { text: ({ count }) => `${count} bytes are not UTF-8; each was read as U+FFFD` },
  CONTROL_CHARACTERS: {
    text: ({ count }) => `${count} values hold control characters; each was read as U+FFFD`,
  },
};
