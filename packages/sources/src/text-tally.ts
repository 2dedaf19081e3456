/** What was counted in the text of one file. Plain data: it crosses from worker to main thread. */
export interface TextTally {
  /** Lines as they stand in the text, blank ones too; an event of a wrapper is one line. */
  lines: number;
  headers: number;
  /** Good and malformed records. */
  records: number;
  malformed: number;
  /** Good records by the field list they were logged with. */
  formats: Record<string, number>;
  /** The first few malformed lines of each code. */
  samples: LineSample[];
  /** How often each thing worth a notice was seen, and the first that showed it. */
  notices: Partial<Record<NoticeCode, { count: number; line: number; example: string }>>;
  /** Lines without a header that fit no known format, by their number of tokens. */
  strangers: Record<number, number>;
  /** Good records that no header described. */
  headerless: number;
}

/** One malformed line. */
export interface LineSample {
  code: MalformedCode;
  line: number;
  detail: string;
}

export type MalformedCode =
  | "RECORD_TOO_SHORT"
  | "RECORD_TOO_LONG"
  | "RECORD_CUT"
  | "FIELD_INVALID"
  | "LINE_TOO_LONG"
  | "HEADER_INVALID"
  | "EVENT_INVALID";

export type NoticeCode =
  | "FIELD_UNKNOWN"
  | "HEADER_DUPLICATE_FIELD"
  | "TIME_IN_MILLISECONDS"
  | "TIME_BACKWARDS"
  | "TIME_UNLIKELY"
  | "STATUS_UNKNOWN"
  | "NOT_UTF8"
  | "CONTROL_CHARACTERS";

const SAMPLES_PER_CODE = 5;

export function emptyTally(): TextTally {
  return {
    lines: 0,
    headers: 0,
    records: 0,
    malformed: 0,
    formats: {},
    samples: [],
    notices: {},
    strangers: {},
    headerless: 0,
  };
}

/** Counts a line as a malformed record and keeps it as a sample while there are few. */
export function countMalformed(tally: TextTally, sample: LineSample): void {
  tally.records++;
  tally.malformed++;
  const alike = tally.samples.filter((s) => s.code === sample.code).length;
  if (alike < SAMPLES_PER_CODE) tally.samples.push(sample);
}

/** Counts something worth a notice; the first line that shows it is kept. */
export function countNotice(
  tally: TextTally,
  code: NoticeCode,
  { line, example, count = 1 }: { line: number; example: string; count?: number },
): void {
  const notice = (tally.notices[code] ??= { count: 0, line, example });
  notice.count += count;
}

/** Counts good records of a format. */
export function countRecords(tally: TextTally, format: string, records: number): void {
  if (records === 0) return;
  tally.records += records;
  tally.formats[format] = (tally.formats[format] ?? 0) + records;
}
