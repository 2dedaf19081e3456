export { type Clock, SYSTEM_CLOCK } from "./clock.ts";
export {
  type ErrorFacts,
  factsOf,
  isCredentials,
  isExpired,
  isServerError,
  isTransport,
} from "./error-facts.ts";
export {
  type Explained,
  type Explanation,
  explainFailure,
  explainIdentity,
  explainService,
} from "./explain-failure.ts";
export { findMissingPermission } from "./missing-permission.ts";
export { readRegion } from "./read-region.ts";
export { pause, type RetrySession, retrying } from "./retrying.ts";
