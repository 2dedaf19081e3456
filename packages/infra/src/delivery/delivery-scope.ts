import type { Deployment } from "../deployment.ts";
import { partitionOf } from "../partition.ts";
import type { DeliveryScope } from "./delivery-statements.ts";
import type { LogPlace } from "./log-place.ts";

/** What a deployment delivers into its bucket. */
export function deliveryScope(
  { accounts, regions, config, home }: Deployment,
  { bucketArn, prefix, gatewayPrefix, layout }: LogPlace,
): DeliveryScope {
  return {
    bucketArn,
    prefixes: config.transitGateways.length === 0 ? [prefix] : [prefix, gatewayPrefix],
    layout,
    accounts,
    regions,
    partition: partitionOf(home.region),
  };
}
