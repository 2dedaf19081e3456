import { StringDecoder } from "node:string_decoder";

import { headerOf } from "./read-header.ts";
import type { ByteSink, TextScanner } from "./scan-text.ts";
import { LINE_COLUMNS } from "./sniff.ts";

/**
 * Reads a CSV whose rows are flow-log records: either one column holds the whole
 * line (CloudWatch console), or the columns are the fields, in any order.
 */
export class CsvUnwrapper implements ByteSink {
  readonly #scanner: TextScanner;
  readonly #rows: CsvRows;
  readonly #decoder = new StringDecoder("utf8");
  #shape: Shape | undefined;
  #lines: string[] = [];

  constructor(scanner: TextScanner, delimiter: string) {
    this.#scanner = scanner;
    this.#rows = new CsvRows(delimiter);
  }

  write(chunk: Uint8Array): void {
    for (const row of this.#rows.push(this.#decoder.write(chunk))) this.#take(row);
    this.#flush();
  }

  end(cut: boolean): void {
    const rows = this.#rows.end(this.#decoder.end());
    for (const [i, row] of rows.entries()) {
      if (cut && i === rows.length - 1)
        this.#scanner.rejectEvent("the file breaks off within this row");
      else this.#take(row);
    }
    this.#flush();
    this.#scanner.end(false);
  }

  #take(row: string[]): void {
    this.#shape ??= this.#firstRow(row);
    if (this.#shape.skip) {
      this.#shape.skip = false;
      return;
    }
    this.#lines.push(`${this.#shape.lineOf(row)}\n`);
  }

  #flush(): void {
    if (this.#lines.length > 0) this.#scanner.write(Buffer.from(this.#lines.join("")));
    this.#lines = [];
  }

  #firstRow(row: string[]): Shape {
    const names = row.map((name) => name.trim().replace(/^\ufeff/, ""));
    const column = names.findIndex((name) => LINE_COLUMNS.includes(name.toLowerCase()));
    if (column !== -1) {
      this.#scanner.countHeader();
      const isLast = column === names.length - 1;
      return {
        skip: true,
        lineOf: (cells) =>
          oneLine((isLast ? cells.slice(column) : cells.slice(column, column + 1)).join(",")),
      };
    }
    const header = headerOf(names);
    if (header !== undefined) {
      this.#scanner.countHeader();
      this.#scanner.useHeader(header);
    }
    return { skip: header !== undefined, lineOf: (cells) => cells.map(asToken).join(" ") };
  }
}

/** How a row becomes a flow-log line. */
interface Shape {
  /** Whether the row in hand is the header. */
  skip: boolean;
  readonly lineOf: (row: string[]) => string;
}

/** A value as one token of a flow-log line: `-` when empty, spaces percent-encoded as AWS does. */
export function asToken(value: string): string {
  const text = value.trim();
  return text === "" ? "-" : text.replaceAll(/\s/g, "%20");
}

/** A message as one line: whatever it holds, it may not become two records. */
export function oneLine(message: string): string {
  return message.trim().replaceAll(/[\r\n]+/g, " ");
}

/** Splits CSV text (RFC 4180) into rows as it arrives. */
class CsvRows {
  readonly #delimiter: string;
  #rest = "";

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The rows that are complete now. */
  push(text: string): string[][] {
    this.#rest += text;
    const rows: string[][] = [];
    let start = 0;
    for (let end = this.#rowEnd(start); end !== -1; end = this.#rowEnd(start)) {
      const row = this.#split(this.#rest.slice(start, end));
      rows.push(row);
      start = end + 1;
    }
    this.#rest = this.#rest.slice(start);
    return rows;
  }

  /** The rows that no line feed ended, or that an open quote held back. */
  end(text: string): string[][] {
    const rows = this.push(text);
    const rest = this.#rest === "" ? [] : this.#rest.replace(/\n$/, "").split("\n");
    this.#rest = "";
    return [...rows, ...rest.map((line) => this.#split(line))];
  }

  /** The line feed that ends the row: outside of quotes, unless the quote never closes. */
  #rowEnd(start: number): number {
    const first = this.#rest.indexOf("\n", start);
    let feed = first;
    while (feed !== -1 && hasOpenQuote(this.#rest, start, feed)) {
      if (feed - start > MAX_ROW) return first;
      feed = this.#rest.indexOf("\n", feed + 1);
    }
    return feed;
  }

  #split(line: string): string[] {
    const text = line.replace(/\r$/, "");
    if (text === "") return [""];
    if (!text.includes('"')) return text.split(this.#delimiter);
    const cells: string[] = [];
    for (let at = 0; at <= text.length;) {
      const { cell, end } = readCell(text, at, this.#delimiter);
      cells.push(cell);
      at = end + 1;
    }
    return cells;
  }
}

const MAX_ROW = 64 * 1024;

function hasOpenQuote(text: string, from: number, to: number): boolean {
  return (text.slice(from, to).split('"').length & 1) === 0;
}

function readCell(text: string, at: number, delimiter: string): { cell: string; end: number } {
  if (text[at] !== '"') {
    const end = text.indexOf(delimiter, at);
    const stop = end === -1 ? text.length : end;
    return { cell: text.slice(at, stop), end: stop };
  }
  let close = at + 1;
  while (close < text.length) {
    if (text[close] === '"') {
      if (text[close + 1] !== '"') break;
      close++;
    }
    close++;
  }
  const next = text.indexOf(delimiter, close);
  const stop = next === -1 ? text.length : next;
  return { cell: text.slice(at + 1, close).replaceAll('""', '"'), end: stop };
}
