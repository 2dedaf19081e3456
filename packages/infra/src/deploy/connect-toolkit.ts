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
  async notify({ level, message }: IoMessage<unknown>): Promise<void> {
    if (level === "debug" || level === "trace") return;
    for (const line of message.split("\n")) if (line.trim() !== "") this.#say(line.trimEnd());
  }

  // What is asked was decided before: by flags, and by the plan that a person has seen.
  async requestResponse<T>(message: IoRequest<unknown, T>): Promise<T> {
    await this.notify(message);
    return message.defaultResponse;
  }
}
