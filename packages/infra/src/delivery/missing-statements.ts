import { flowLogKey, TurnawayError } from "@turnaway/core";

import type { Deployment } from "../deployment.ts";
import { deliveryScope } from "./delivery-scope.ts";
import {
  deliveryKeyStatement,
  type DeliveryScope,
  deliveryStatements,
  DELIVERY_SERVICE,
  type PolicyStatement,
} from "./delivery-statements.ts";
import { logPlace } from "./log-place.ts";
import { policyAllows } from "./policy-allows.ts";

/**
 * Which statements the policy of an existing bucket lacks, by what it lets the service do and not
 * by its text: the delivery of every account and region is tried on it.
 *
 * @param policy the live policy as JSON text, as `GetBucketPolicy` gives it; null for none
 */
export function missingStatements(
  policy: string | null,
  deployment: Deployment,
): readonly PolicyStatement[] {
  const place = logPlace(deployment);
  if (place === null) return [];
  const scope = deliveryScope(deployment, place);
  const live = parsePolicy(policy, `bucket ${place.bucket}`);
  const [write, check] = deliveryStatements(scope) as [PolicyStatement, PolicyStatement];
  return [
    ...unlessAllowed(live, scope, write, (account, region) =>
      scope.prefixes.map((base) => `${scope.bucketArn}/${anObject(base, scope, account, region)}`),
    ),
    ...unlessAllowed(live, scope, check, () => [scope.bucketArn]),
  ];
}

/** The same for the policy of an existing key, as `GetKeyPolicy` gives it. */
export function missingKeyStatements(
  policy: string | null,
  deployment: Deployment,
): readonly PolicyStatement[] {
  const place = logPlace(deployment);
  const { kmsKey } = deployment.config.logs;
  if (place === null || kmsKey === null) return [];
  const scope = deliveryScope(deployment, place);
  const live = parsePolicy(policy, kmsKey);
  return unlessAllowed(live, scope, deliveryKeyStatement(scope), () => [kmsKey]);
}

function unlessAllowed(
  live: unknown,
  { accounts, regions, partition }: DeliveryScope,
  wanted: PolicyStatement,
  resources: (account: string, region: string) => readonly string[],
): readonly PolicyStatement[] {
  const isAllowed = accounts.every((account) =>
    regions.every((region) =>
      resources(account, region).every((resource) =>
        wanted.Action.every((action) =>
          policyAllows(live, {
            service: DELIVERY_SERVICE,
            // `kms:ReEncrypt*` stands for calls such as this one.
            action: action.replace("*", "From"),
            resource,
            context: {
              "aws:sourceaccount": account,
              "aws:sourcearn": `arn:${partition}:logs:${region}:${account}:delivery-source/x`,
              "aws:securetransport": "true",
              "s3:x-amz-acl": "bucket-owner-full-control",
            },
          }),
        ),
      ),
    ),
  );
  return isAllowed ? [] : [wanted];
}

// What AWS would call a file: a policy may be narrower than a folder, or wider.
function anObject(
  base: string,
  { layout }: DeliveryScope,
  account: string,
  region: string,
): string {
  const day = "2026-11-19";
  return flowLogKey({
    base,
    layout,
    account,
    region,
    day,
    deliveredAt: Date.parse(day) / 1000,
    flowLogId: "fl-0a1b2c3d4e5f67890",
    hash: "0a1b2c3d",
    ext: "log.gz",
  });
}

function parsePolicy(policy: string | null, where: string): unknown {
  if (policy === null) return {};
  try {
    return JSON.parse(policy);
  } catch (error) {
    throw new TurnawayError(
      "AWS",
      { what: "a policy can't be read", where, why: "it is not JSON" },
      { cause: error },
    );
  }
}
