/**
 * Cuts JSON bytes into their outermost values as they arrive; an outermost array
 * counts as its elements. Values may stand one a line, in an array, or back to back.
 *
 * A document of events that is cut off, or longer than `maxValueBytes`, is handed on
 * event by event. Any other such value is handed on as undefined, and so is whatever
 * stands between values and is none.
 */
export class JsonSplitter {
  readonly #emit: (text: string | undefined) => void;
  readonly #maxValueBytes: number;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #depth = 0;
  #base = 0;
  #inString = false;
  #escaped = false;
  #tooLong = false;
  #stray = false;
  /** Behind the events of a document that could not be held: its rest is of no interest. */
  #skipping = false;

  constructor(emit: (text: string | undefined) => void, maxValueBytes: number) {
    this.#emit = emit;
    this.#maxValueBytes = maxValueBytes;
  }

  push(chunk: Uint8Array): void {
    const isWithin = !this.#skipping && (this.#depth > this.#base || this.#inString);
    let start = isWithin ? 0 : NONE;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#inString) {
        // No string goes over a line: the value broke off, and the next line may be whole.
        if (byte === LINE_FEED) start = this.#giveUp();
        else if (this.#endsString(byte) && this.#depth === this.#base) {
          start = this.#close(chunk, start, i);
        }
      } else if (byte === QUOTE) {
        this.#inString = true;
        if (start === NONE) start = i;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (byte === OPEN_BRACKET && this.#depth === 0) this.#base = 1;
        else if (start === NONE) start = i;
        this.#depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth = Math.max(0, this.#depth - 1);
        if (this.#depth < this.#base) this.#leaveArray();
        else if (this.#depth === this.#base) start = this.#close(chunk, start, i);
      } else if (this.#depth === this.#base) this.#between(byte);
      if (this.#skipping) start = NONE;
    }
    if (start !== NONE) this.#hold(chunk.subarray(start));
  }

  /** Hands on what is left: a value that never closed. */
  end(): void {
    if (this.#held > 0) this.#openEvents();
    if (this.#held > 0 || this.#stray || this.#base > 1) this.#giveUp();
  }

  /** Whether the byte ends the string that it stands in. */
  #endsString(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    return !this.#inString;
  }

  /** The array whose elements are the values has closed. */
  #leaveArray(): void {
    this.#skipping = this.#base === EVENTS_DEPTH;
    this.#base = 0;
  }

  /** A byte outside of all values; anything but white space and commas is noticed once a line. */
  #between(byte: number): void {
    if (byte === LINE_FEED && this.#stray) this.#giveUp();
    else if (byte > SPACE && byte !== COMMA && byte < BYTE_ORDER_MARK) this.#stray = true;
  }

  #giveUp(): typeof NONE {
    this.#emit(undefined);
    this.#forget();
    this.#depth = this.#base;
    this.#inString = false;
    this.#escaped = false;
    this.#stray = false;
    return NONE;
  }

  #close(chunk: Uint8Array, start: number, last: number): typeof NONE {
    if (this.#skipping) {
      this.#skipping = this.#depth > 0;
      return NONE;
    }
    if (start !== NONE) this.#hold(chunk.subarray(start, last + 1));
    // A document too long to hold has been handed on event by event meanwhile.
    if (this.#held > 0)
      this.#emit(this.#tooLong ? undefined : Buffer.concat(this.#pieces).toString("utf8"));
    this.#forget();
    return NONE;
  }

  #hold(piece: Uint8Array): void {
    this.#held += piece.length;
    if (this.#tooLong) return;
    this.#pieces.push(Buffer.from(piece));
    if (this.#held <= this.#maxValueBytes || this.#openEvents()) return;
    this.#tooLong = true;
    this.#pieces = [];
  }

  #forget(): void {
    this.#pieces = [];
    this.#held = 0;
    this.#tooLong = false;
  }

  /** Starts again within the array of events that the value in hand opens; false when it has none. */
  #openEvents(): boolean {
    const held = Buffer.concat(this.#pieces);
    const opening = EVENTS_ARRAY.exec(held.toString("latin1", 0, OPENING_BYTES));
    if (opening === null || this.#base > 0) return false;
    this.#forget();
    this.#inString = false;
    this.#escaped = false;
    this.#base = EVENTS_DEPTH;
    this.#depth = EVENTS_DEPTH;
    this.push(held.subarray(opening[0].length));
    return true;
  }
}

/** No value has begun. */
const NONE = -1;
/** Depth of the elements of an array within a document. */
const EVENTS_DEPTH = 2;

/** A document up to the array of its events, as `aws logs` and subscriptions write it. */
const EVENTS_ARRAY = /^\s*\{(?:(?!CONTROL_MESSAGE)[^])*?"(?:logEvents|events|results)"\s*:\s*\[/;
const OPENING_BYTES = 64 * 1024;

const LINE_FEED = 10;
const SPACE = 32;
const COMMA = 44;
/** Its bytes, 0xEF 0xBB 0xBF, can stand before any value. */
const BYTE_ORDER_MARK = 0xbb;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
