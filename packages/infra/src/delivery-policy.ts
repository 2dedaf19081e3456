import { accessLogStatement } from "./delivery/access-log-statement.ts";
import { deliveryScope } from "./delivery/delivery-scope.ts";
import { deliveryKeyStatement, deliveryStatements } from "./delivery/delivery-statements.ts";
import { bucketArn, logPlace } from "./delivery/log-place.ts";
import type { Deployment } from "./deployment.ts";

export { missingKeyStatements, missingStatements } from "./delivery/missing-statements.ts";

/** Name of the request metrics that tell whether files arrive, on new and on existing buckets. */
export const DELIVERED_METRICS = "delivered";

/**
 * What a person has to put into what exists already, before flow logs arrive: `deploy` overwrites
 * nothing of it. JSON: for each bucket and key, by what it is, the statements of its policy and its
 * request metrics.
 *
 * @returns null where the deployment makes all of it.
 */
export function policyToMerge(deployment: Deployment): string | null {
  const place = logPlace(deployment);
  if (place === null) return null;
  const { createBucket, accessLogs, kmsKey } = deployment.config.logs;
  const scope = deliveryScope(deployment, place);
  const merges: Record<string, unknown> = {};
  if (!createBucket) {
    merges[`policy of the bucket ${place.bucket}`] = deliveryStatements(scope);
    merges[`request metrics of the bucket ${place.bucket}`] = {
      Id: DELIVERED_METRICS,
      Filter: { Prefix: `${place.prefix}AWSLogs/` },
    };
  }
  if (kmsKey !== null) merges[`policy of the key ${kmsKey}`] = [deliveryKeyStatement(scope)];
  if (createBucket && accessLogs !== null) {
    const target = bucketArn(accessLogs, deployment.home.region);
    merges[`policy of the bucket ${accessLogs}`] = [
      accessLogStatement(target, place.bucketArn, deployment.home),
    ];
  }
  return Object.keys(merges).length === 0 ? null : `${JSON.stringify(merges, null, 2)}\n`;
}
