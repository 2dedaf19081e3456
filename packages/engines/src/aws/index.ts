export {
  clientSettings,
  type ClientSettings,
  endpointOf,
  type Environment,
} from "./client-settings.ts";
export { type ErrorFacts, factsOf, isCredentials, isExpired } from "./error-facts.ts";
export {
  type Explained,
  type Explanation,
  explainFailure,
  explainIdentity,
  explainService,
} from "./explain-failure.ts";
export { findMissingPermission } from "./missing-permission.ts";
