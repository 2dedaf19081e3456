import type { VersionMark } from "../journal/version-mark.ts";

/** How a plan is applied. */
export interface DeployOptions {
  /** Also over what somebody else changed; their version stays in the history. */
  readonly force: boolean;
  /** Make what is deployed what people see. */
  readonly publish: boolean;
  /** What versions say of this run. */
  readonly journal: Omit<VersionMark, "hash" | "after">;
  /** Milliseconds that one asset may take until it is made. */
  readonly waitMs: number;
  readonly say: (line: string) => void;
}
