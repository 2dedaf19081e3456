export { type AthenaFront, type AthenaFrontOptions, startAthenaFront } from "./athena-front.ts";
export {
  BackendError,
  type BackendResult,
  type BackendValue,
  fixedBackend,
  type FrontBackend,
} from "./front-backend.ts";
export type { Execution, Outcome, OutcomeRule } from "./executions.ts";
export type { FrontCatalog, FrontTable, FrontWorkgroup } from "./front-catalog.ts";
export { type FrontFault, type FrontFaultRule, refuseCall } from "./front-faults.ts";
export { trinoBackend, type TrinoBackendOptions } from "./trino-backend.ts";
export type { FrontRequest } from "./front-request.ts";
