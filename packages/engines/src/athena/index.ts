export { createAthenaClient, readCallerAccount } from "./athena-client.ts";
export {
  type AthenaEngine,
  type AthenaEngineOptions,
  createAthenaEngine,
  type ResultStream,
} from "./athena-engine.ts";
export { diagnoseAthena, type DiagnoseOptions } from "./diagnose/diagnose-athena.ts";
export { ATHENA_PRICE, queryCost } from "./price.ts";
