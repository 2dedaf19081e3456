export { newestDelivery } from "./newest-delivery.ts";
export { withEngine } from "./open-engine.ts";
export { type OpenWarehouse, rawLogs, withWarehouse } from "./open-warehouse.ts";
export { requireLogGroup } from "./require-log-group.ts";
export { buildWithProgress, describePlan } from "./update-rollup.ts";
