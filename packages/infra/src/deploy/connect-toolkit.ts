import { type IIoHost, type IoMessage, type IoRequest, Toolkit } from "@aws-cdk/toolkit-lib";

/** What the toolkit tells while it works. */
export type Say = (line: string) => void;

/**
 * The CDK toolkit, asked by a program: it says what it does line by line, and asks nobody.
 *
 * @param say gets what a person wants to follow; what only helps a developer is left out
 */
export function connectToolkit(say: Say): Toolkit {
  return new Toolkit({ ioHost: new LineHost(say), color: false, emojis: false });
}

class LineHost implements IIoHost {
  readonly #say: Say;

  constructor(say: Say) {
    this.#say = say;
  }

  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async notify({ level, action, code, message }: IoMessage<unknown>): Promise<void> {
    // What differs is the plan's to show.
    if (level === "debug" || level === "trace" || action === "diff") return;
    if (code !== undefined && UNTOLD.has(code)) return;
    for (const line of message.split("\n")) if (line.trim() !== "") this.#say(line.trimEnd());
  }

  // What is asked was decided before: by flags, and by the plan that a person has seen.
  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async requestResponse<T>({ defaultResponse }: IoRequest<unknown, T>): Promise<T> {
    return defaultResponse;
  }
}

/** Of the toolkit's own work, not of AWS: how long it read templates, and which ones it uploads. */
const UNTOLD = new Set([
  "CDK_TOOLKIT_I1000",
  "CDK_ASSETS_I5270",
  "CDK_ASSETS_I5275",
  "CDK_TOOLKIT_I5000",
  "CDK_TOOLKIT_I5001",
  "CDK_TOOLKIT_I5901",
]);
