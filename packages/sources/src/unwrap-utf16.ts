import { TextDecoder } from "node:util";

import type { ByteSink, TextScanner } from "./scan-text.ts";

/** Reads UTF-16 text, which PowerShell writes when the output of `aws` goes to a file. */
export class Utf16Unwrapper implements ByteSink {
  readonly #scanner: TextScanner;
  #decoder: TextDecoder | undefined;

  constructor(scanner: TextScanner) {
    this.#scanner = scanner;
  }

  write(chunk: Uint8Array): void {
    this.#decoder ??= new TextDecoder(chunk[0] === 0xfe ? "utf-16be" : "utf-16le");
    this.#scanner.write(Buffer.from(this.#decoder.decode(chunk, { stream: true })));
  }

  end(cut: boolean): void {
    this.#scanner.write(Buffer.from(this.#decoder?.decode() ?? ""));
    this.#scanner.end(cut);
  }
}
