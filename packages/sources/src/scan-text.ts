import { isUtf8 } from "node:buffer";

import { cleanLimit, cleanRun } from "./clean-run.ts";
import { TIME, columnsOfFields, type Columns } from "./column-class.ts";
import { dropLeadingTime } from "./leading-time.ts";
import { readHeader, type Header } from "./read-header.ts";
import { expectation, repairToken, type LineWriter } from "./repair-token.ts";
import {
  countMalformed,
  countNotice,
  countRecords,
  emptyTally,
  type MalformedCode,
  type NoticeCode,
} from "./text-tally.ts";
import { dropToken, joinTokens, makeTokens, splitTokens } from "./tokens.ts";

/** Takes clean lines, each ending in a line feed, as a stretch of bytes. */
export interface CleanSink {
  append(columns: Columns, bytes: Uint8Array, from: number, to: number): void;
}

/** Takes the bytes of one file, in any pieces. */
export interface ByteSink {
  write(chunk: Uint8Array): void;
  /** `cut`: the bytes stop where they should not, so an unfinished last line is no record. */
  end(cut: boolean): void;
}

export interface ScanOptions {
  /** Formats of records that no header describes; the first with the right number of fields. */
  readonly fallbacks: readonly Columns[];
  readonly maxLineBytes: number;
}

/**
 * Reads flow-log text: finds headers, passes clean stretches on as they are, mends
 * what can be mended, and counts the rest as malformed with a reason.
 *
 * How the text is cut into pieces has no influence on what comes out.
 */
export class TextScanner implements ByteSink {
  readonly tally = emptyTally();
  readonly #sink: CleanSink;
  readonly #options: ScanOptions;
  readonly #tokens = makeTokens();
  #layout: Layout = { kind: "none", columns: undefined };
  #carry: Uint8Array = NOTHING;
  #skipping = false;
  #scratch: LineWriter = { bytes: Buffer.allocUnsafeSlow(4096), length: 0 };

  constructor(sink: CleanSink, options: ScanOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  write(chunk: Uint8Array): void {
    let from = 0;
    if (this.#carry.length > 0 || this.#skipping) {
      const feed = chunk.indexOf(LINE_FEED);
      if (feed === -1) return this.#carryOn(chunk);
      if (this.#skipping) this.#rejectLongLine();
      else this.#scanLines(Buffer.concat([this.#carry, chunk.subarray(0, feed + 1)]));
      this.#carry = NOTHING;
      from = feed + 1;
    }
    const to = chunk.lastIndexOf(LINE_FEED) + 1;
    if (to > from) this.#scanLines(chunk.subarray(from, to));
    this.#carryOn(chunk.subarray(Math.max(from, to)));
  }

  end(cut: boolean): void {
    if (this.#skipping) return this.#rejectLongLine();
    if (this.#carry.length === 0) return;
    const bytes = Buffer.concat([this.#carry, LINE_FEED_BYTES]);
    this.#carry = NOTHING;
    if (cut) {
      this.tally.lines++;
      this.#malformed("RECORD_CUT", "the file breaks off within this line");
    } else this.#line(this.#asUtf8(bytes), 0, { last: true });
  }

  /** Takes a header from outside the text: the names of a CSV's or a JSON row's columns. */
  useHeader(header: Header): void {
    this.#adopt(header);
  }

  /** From here on no header is known: a wrapper goes on with lines of another kind. */
  forgetHeader(): void {
    this.#layout = { kind: "none", columns: undefined };
  }

  /** Counts a header line that stands in a wrapper and not in the text. */
  countHeader(): void {
    this.tally.lines++;
    this.tally.headers++;
  }

  /** Counts an event of a wrapper that holds no line. */
  rejectEvent(detail: string): void {
    this.tally.lines++;
    this.#malformed("EVENT_INVALID", detail);
  }

  #carryOn(rest: Uint8Array): void {
    if (this.#skipping || rest.length === 0) return;
    if (this.#carry.length + rest.length > this.#options.maxLineBytes) {
      this.#skipping = true;
      this.#carry = NOTHING;
    } else this.#carry = Buffer.concat([this.#carry, rest]);
  }

  #rejectLongLine(): void {
    this.#skipping = false;
    this.tally.lines++;
    this.#malformed("LINE_TOO_LONG", `the line is longer than ${this.#options.maxLineBytes} bytes`);
  }

  #scanLines(complete: Uint8Array): void {
    const bytes = this.#asUtf8(complete);
    const { maxLineBytes } = this.#options;
    const limit = cleanLimit(bytes);
    let at = 0;
    while (at < bytes.length) {
      const { columns } = this.#layout;
      if (columns?.checkable && at < limit && bytes[at] !== LINE_FEED) {
        const { to, records } = cleanRun(bytes, columns, { from: at, limit, maxLineBytes });
        if (records > 0) {
          this.#sink.append(columns, bytes, at, to);
          this.tally.lines += records;
          this.#count(columns, records);
        }
        at = to;
      }
      if (at === bytes.length) return;
      // A bomb of nothing but line feeds would take an age at full attention.
      if (bytes[at] === LINE_FEED) {
        this.tally.lines++;
        at++;
      } else at = this.#line(bytes, at, { last: false });
    }
  }

  /** One line that needs a closer look; returns the offset of the next. */
  #line(bytes: Uint8Array, from: number, { last }: { last: boolean }): number {
    const to = bytes.indexOf(LINE_FEED, from);
    this.#lookAt(bytes, [from, to], last);
    return to + 1;
  }

  #lookAt(bytes: Uint8Array, [from, to]: readonly [number, number], last: boolean): void {
    if (to - from > this.#options.maxLineBytes) return this.#rejectLongLine();
    this.tally.lines++;
    const tokens = this.#tokens;
    splitTokens(bytes, from, to, tokens);
    if (tokens.count === 0) return;
    const stamped = dropLeadingTime(bytes, tokens);
    const header = readHeader(bytes, tokens);
    if (header !== undefined) {
      this.tally.headers++;
      return this.#adopt(header);
    }
    const columns = this.#columnsFor(tokens.count, stamped);
    if (columns === undefined) return;
    if (tokens.count > columns.fields.length) dropToken(tokens, 0);
    if (!this.#straighten(bytes, columns)) this.#mend(bytes, columns, last);
  }

  /** Takes the line when nothing but what stood around its tokens was wrong with it. */
  #straighten(bytes: Uint8Array, columns: Columns): boolean {
    if (!columns.checkable) return false;
    const out = this.#scratchForTokens();
    const limit = joinTokens(bytes, this.#tokens, out.bytes);
    const { records } = cleanRun(out.bytes, columns, { from: 0, limit, maxLineBytes: limit });
    if (records === 0) return false;
    this.#sink.append(columns, out.bytes, 0, limit);
    this.#count(columns, 1);
    return true;
  }

  /** The columns that the line's tokens go into; undefined when it was rejected. */
  #columnsFor(count: number, stamped: boolean): Columns | undefined {
    const layout = this.#layout;
    // `aws logs tail` puts the name of the log stream between the time and the record.
    const fits = (columns: Columns) =>
      count === columns.fields.length || (stamped && count === columns.fields.length + 1);
    if (layout.kind === "refused") {
      return this.#malformed("HEADER_INVALID", "the header above it names a field twice");
    }
    if (layout.kind === "header") {
      if (fits(layout.columns)) return layout.columns;
      const expected = layout.columns.fields.length;
      const code = count < expected ? "RECORD_TOO_SHORT" : "RECORD_TOO_LONG";
      return this.#malformed(code, `${count} fields where the header names ${expected}`);
    }
    const fallback = this.#options.fallbacks.find(fits);
    if (fallback === undefined) {
      this.tally.strangers[count] = (this.tally.strangers[count] ?? 0) + 1;
      const expected = this.#options.fallbacks.map((f) => f.fields.length);
      const code = count < Math.min(...expected) ? "RECORD_TOO_SHORT" : "RECORD_TOO_LONG";
      return this.#malformed(code, `${count} fields where ${expected.join(" or ")} are expected`);
    }
    this.#layout = { kind: "fallback", columns: fallback };
    return fallback;
  }

  #mend(bytes: Uint8Array, columns: Columns, last: boolean): void {
    const { bounds, count } = this.#tokens;
    const out = this.#scratchForTokens();
    const seen: [NoticeCode, string][] = [];
    const times: number[] = [];
    for (let column = 0; column < count; column++) {
      const span = [bounds[column * 2]!, bounds[column * 2 + 1]!] as const;
      const start = out.length;
      const verdict = repairToken(bytes, span, { columns, column }, out);
      const unsure = verdict === "unknown-status" && last;
      if (verdict === "bad" || unsure) return this.#reject(bytes, span, { columns, column });
      if (verdict !== "good") seen.push([NOTICES[verdict], textOf(bytes, span)]);
      if (columns.classes[column] === TIME)
        times.push(Number(textOf(out.bytes, [start, out.length])));
      out.bytes[out.length++] = column === columns.last ? LINE_FEED : SPACE;
    }
    const [first = Number.NaN, second = Number.NaN] = times;
    if (columns.endFirst ? first < second : second < first) {
      seen.push(["TIME_BACKWARDS", `${first} and ${second}`]);
    }
    for (const [code, example] of seen) this.#notice(code, example);
    this.#sink.append(columns, out.bytes, 0, out.length);
    this.#count(columns, 1);
  }

  #reject(
    bytes: Uint8Array,
    span: readonly [number, number],
    { columns, column }: { columns: Columns; column: number },
  ): undefined {
    const value = quote(textOf(bytes, span));
    const detail = `${columns.fields[column]} is ${value}, not ${expectation(columns, column)}`;
    this.#malformed("FIELD_INVALID", detail);
  }

  #adopt(header: Header): void {
    if (header.twice !== undefined) {
      this.#notice("HEADER_DUPLICATE_FIELD", header.twice);
      this.#layout = { kind: "refused", columns: undefined };
      return;
    }
    if (header.unknown.length > 0)
      this.#notice("FIELD_UNKNOWN", header.unknown.slice(0, 5).join(", "));
    this.#layout = { kind: "header", columns: columnsOfFields(header.fields) };
  }

  #count(columns: Columns, records: number): void {
    countRecords(this.tally, columns.key, records);
    if (this.#layout.kind === "fallback") this.tally.headerless += records;
  }

  #malformed(code: MalformedCode, detail: string): undefined {
    countMalformed(this.tally, { code, line: this.tally.lines, detail });
  }

  #notice(code: NoticeCode, example: string, count = 1): void {
    countNotice(this.tally, code, { line: this.tally.lines, example: quote(example), count });
  }

  /** The bytes, or their text with U+FFFD for what is not UTF-8: a log may not break the engine. */
  #asUtf8(bytes: Uint8Array): Uint8Array {
    if (isUtf8(bytes)) return bytes;
    const before = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = before.toString("utf8");
    const replaced = occurrences(text, "\ufffd");
    countNotice(this.tally, "NOT_UTF8", {
      line: this.tally.lines + 1,
      example: "",
      count: replaced,
    });
    return Buffer.from(text);
  }

  /** Room for the tokens in hand, should each of their bytes become U+FFFD. */
  #scratchForTokens(): LineWriter {
    const { bounds, count } = this.#tokens;
    const needed = (bounds[count * 2 - 1]! - bounds[0]!) * 3 + 4096;
    if (this.#scratch.bytes.length < needed) {
      this.#scratch = { bytes: Buffer.allocUnsafeSlow(needed), length: 0 };
    }
    this.#scratch.length = 0;
    return this.#scratch;
  }
}

/** Where the meaning of the columns comes from. */
type Layout =
  | { readonly kind: "none" | "refused"; readonly columns: undefined }
  | { readonly kind: "header" | "fallback"; readonly columns: Columns };

const LINE_FEED = 10;
const SPACE = 32;
const NOTHING = new Uint8Array(0);
const LINE_FEED_BYTES = Uint8Array.of(LINE_FEED);

const NOTICES = {
  milliseconds: "TIME_IN_MILLISECONDS",
  "unlikely-time": "TIME_UNLIKELY",
  "unknown-status": "STATUS_UNKNOWN",
  control: "CONTROL_CHARACTERS",
} as const satisfies Record<string, NoticeCode>;

function textOf(bytes: Uint8Array, [from, to]: readonly [number, number]): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    "utf8",
    from,
    Math.min(to, from + 80),
  );
}

/** A piece of a log as people may see it: one line, short, no control characters. */
function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  // oxlint-disable-next-line no-control-regex
  return `"${short.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd")}"`;
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}
