import { eventsOf, nameJson, type FlowLogEvent } from "./json-events.ts";
import { JsonSplitter } from "./json-splitter.ts";
import { headerOf } from "./read-header.ts";
import type { ByteSink, TextScanner } from "./scan-text.ts";
import { asToken, oneLine } from "./unwrap-csv.ts";

/**
 * Reads JSON that wraps flow-log records: one document, an array, one value a line
 * or values back to back.
 *
 * When not a single value is understood the file is foreign, and {@link foreign}
 * says what it looks like; else each value that is not counts as a malformed record.
 */
export class JsonUnwrapper implements ByteSink {
  readonly #scanner: TextScanner;
  readonly #splitter: JsonSplitter;
  #understood = false;
  #damaged = 0;
  #unknown: string | undefined;
  #unknownCount = 0;
  #columns = "";
  #lines: string[] = [];

  constructor(scanner: TextScanner, maxValueBytes: number) {
    this.#scanner = scanner;
    this.#splitter = new JsonSplitter((text) => this.#take(text), maxValueBytes);
  }

  /** What the file looks like, when nothing in it could be read. */
  get foreign(): string | undefined {
    return this.#understood ? undefined : this.#unknown;
  }

  /** How many pieces were no JSON: each may have held any number of records. */
  get damaged(): number {
    return this.#damaged;
  }

  write(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
    this.#flush();
  }

  end(_cut: boolean): void {
    this.#splitter.end();
    this.#flush();
    if (this.#understood) {
      for (let i = 0; i < this.#unknownCount; i++)
        this.#scanner.rejectEvent(`it is ${this.#unknown}`);
    }
    this.#scanner.end(false);
  }

  #take(text: string | undefined): void {
    const value = text === undefined ? undefined : parse(text);
    const events = value === undefined ? undefined : eventsOf(value);
    if (value === undefined) this.#damaged++;
    if (events === undefined) {
      this.#unknown ??= value === undefined ? "JSON that is damaged or cut off" : nameJson(value);
      this.#unknownCount++;
      return;
    }
    this.#understood = true;
    for (const event of events) this.#push(event);
  }

  #push(event: FlowLogEvent): void {
    if (event.kind === "unknown") {
      this.#flush();
      return this.#scanner.rejectEvent("the event has no flow-log message");
    }
    if (event.kind === "line") {
      if (this.#columns !== "") this.#startOver();
      this.#lines.push(`${oneLine(event.text)}\n`);
      return;
    }
    const columns = event.names.join(" ");
    const header = headerOf(event.names);
    if (header !== undefined && columns !== this.#columns) {
      this.#flush();
      this.#scanner.useHeader(header);
      this.#columns = columns;
    }
    this.#lines.push(`${event.values.map(asToken).join(" ")}\n`);
  }

  /** A bare line after rows with names: the names say nothing about it. */
  #startOver(): void {
    this.#flush();
    this.#scanner.forgetHeader();
    this.#columns = "";
  }

  #flush(): void {
    if (this.#lines.length > 0) this.#scanner.write(Buffer.from(this.#lines.join("")));
    this.#lines = [];
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
