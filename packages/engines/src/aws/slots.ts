import { interruption } from "./retrying.ts";

/** Lets so many run side by side, and the others wait in the order they came. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  async use<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    await this.take(signal);
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }

  private take(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(interruption(signal));
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = (): void => {
      const place = this.waiting.indexOf(onTurn);
      if (place >= 0) this.waiting.splice(place, 1);
      reject(interruption(signal!));
    };
    const onTurn = (): void => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    };
    this.waiting.push(onTurn);
    signal?.addEventListener("abort", onAbort, { once: true });
    return promise;
  }
}
