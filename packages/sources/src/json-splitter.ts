/**
 * Cuts JSON bytes into their outermost values as they arrive; an outermost array
 * counts as its elements. Values may stand one a line, in an array, or back to back.
 *
 * A value that is cut off, or longer than `maxValueBytes`, is handed on as undefined,
 * and so is whatever stands between values and is none.
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

  constructor(emit: (text: string | undefined) => void, maxValueBytes: number) {
    this.#emit = emit;
    this.#maxValueBytes = maxValueBytes;
  }

  push(chunk: Uint8Array): void {
    let start = this.#depth > this.#base || this.#inString ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#inString) {
        // No string goes over a line: the value broke off, and the next line may be whole.
        if (byte === LINE_FEED) start = this.#giveUp();
        else if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#depth === this.#base) start = this.#close(chunk, start, i);
        }
        continue;
      }
      if (byte === QUOTE) {
        this.#inString = true;
        if (start === -1) start = i;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (byte === OPEN_BRACKET && this.#depth === 0) {
          this.#base = 1;
          this.#depth = 1;
          continue;
        }
        if (start === -1) start = i;
        this.#depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth = Math.max(0, this.#depth - 1);
        if (this.#depth < this.#base) this.#base = 0;
        else if (this.#depth === this.#base && start !== -1) start = this.#close(chunk, start, i);
      } else if (this.#depth === this.#base) this.#between(byte);
    }
    if (start !== -1) this.#hold(chunk.subarray(start));
  }

  /** Hands on what is left: a value that never closed. */
  end(): void {
    if (this.#held > 0 || this.#stray) this.#giveUp();
  }

  /** A byte outside of all values; anything but white space and commas is noticed once a line. */
  #between(byte: number): void {
    if (byte === LINE_FEED && this.#stray) this.#giveUp();
    else if (byte > SPACE && byte !== COMMA && byte < BYTE_ORDER_MARK) this.#stray = true;
  }

  #giveUp(): -1 {
    this.#emit(undefined);
    this.#pieces = [];
    this.#held = 0;
    this.#depth = this.#base;
    this.#inString = false;
    this.#escaped = false;
    this.#tooLong = false;
    this.#stray = false;
    return -1;
  }

  #close(chunk: Uint8Array, start: number, last: number): -1 {
    this.#hold(chunk.subarray(start, last + 1));
    this.#emit(this.#tooLong ? undefined : Buffer.concat(this.#pieces).toString("utf8"));
    this.#pieces = [];
    this.#held = 0;
    this.#tooLong = false;
    return -1;
  }

  #hold(piece: Uint8Array): void {
    this.#held += piece.length;
    if (this.#held > this.#maxValueBytes) {
      this.#tooLong = true;
      this.#pieces = [];
    } else this.#pieces.push(Buffer.from(piece));
  }
}

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
