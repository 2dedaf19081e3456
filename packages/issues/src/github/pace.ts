/** How patient the client is. Tests make seconds short; nobody else needs to change it. */
export interface Pace {
  /** How long a second of waiting lasts, in milliseconds. */
  readonly secondMs: number;
  /** A request that is not answered by then has failed. */
  readonly timeoutMs: number;
  /** Most seconds to wait at once, whatever GitHub asks for. */
  readonly maxWaitSeconds: number;
  /** Between two writes, as GitHub asks of its callers. */
  readonly writeGapMs: number;
  /** How often a failure that may pass is met before it is final. */
  readonly attempts: number;
}

export const DEFAULT_PACE: Pace = {
  secondMs: 1000,
  timeoutMs: 30_000,
  maxWaitSeconds: 180,
  writeGapMs: 1000,
  attempts: 4,
};
