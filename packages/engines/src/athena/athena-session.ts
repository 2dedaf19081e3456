import type { RetrySession } from "../aws/retrying.ts";
import type { AthenaApi } from "./athena-api.ts";

/** A client of Athena, a clock, and the signal that ends whatever is asked of them. */
export interface AthenaSession extends RetrySession {
  readonly api: AthenaApi;
}
