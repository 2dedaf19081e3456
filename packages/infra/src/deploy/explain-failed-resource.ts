import type { ErrorDetail } from "@turnaway/core";
import { findMissingPermission } from "@turnaway/engines/aws";

import type { AssembledStack } from "./assemble.ts";
import type { FailedResource } from "./aws/failed-resources.ts";
import { placeOf } from "./resource-change.ts";
import { QUALIFIER } from "./aws/connect-aws.ts";

/** What failed, in which stack, and what to do where that is known. */
export function explainFailedResource(
  { logicalId, type, reason }: FailedResource,
  { name, account, region, template }: AssembledStack,
): ErrorDetail {
  const path = template.Resources?.[logicalId]?.Metadata?.["aws:cdk:path"];
  const called = typeof path === "string" ? placeOf(path) : logicalId;
  return {
    what: `${type} ${called} failed`,
    where: `${name}, ${account}, ${region}`,
    why: reason,
    fix:
      FIXES.find(({ when }) => when.test(reason))?.fix(type, reason, { account, region }) ?? AGAIN,
  };
}

const AGAIN = "repair what it names, and run the same command again: it goes on from there";

interface Fix {
  readonly when: RegExp;
  fix(type: string, reason: string, place: Pick<AssembledStack, "account" | "region">): string;
}

const FIXES: readonly Fix[] = [
  {
    when: /not authorized to perform|access ?denied|UnauthorizedOperation/i,
    fix(_, reason, { account, region }) {
      const permission = findMissingPermission(reason)?.permission ?? "what it names";
      return `allow ${permission} to cdk-${QUALIFIER}-cfn-exec-role-${account}-${region}, the role that CloudFormation acts with`;
    },
  },
  {
    // S3 says that the name is not available, since all of its customers share them.
    when: /already (exists|owned)|AlreadyExists|name is not available/i,
    fix: (type) => EXISTING[type] ?? "rename or remove the one that is there, and run again",
  },
  {
    when: /undeliverable|LogDestination/i,
    fix: () =>
      "compare the policy of the bucket and of its key with the statements of `turnaway deploy plan`",
  },
  {
    when: /Invalid\w+ID\.NotFound|InvalidVpcId|ID '[^']+' does not exist/i,
    fix: () => "correct its id, account or region in turnaway.yml",
  },
  {
    when: /LimitExceeded|quota|maximum number/i,
    fix: () => "raise the quota that it names, and run again",
  },
  {
    when: /throttl|rate exceeded/i,
    fix: () => "run the same command again in some minutes: it goes on from there",
  },
];

/** What to write so that the one that exists is used. */
const EXISTING: Readonly<Record<string, string>> = {
  "AWS::S3::Bucket": "write `logs.createBucket: false` to use it as it is, or choose another name",
  "AWS::Logs::LogGroup":
    "write `cloudwatch.createLogGroup: false` to use it as it is, or choose another name",
  "AWS::IAM::OIDCProvider": "name it as infrastructure.github.provider",
  "AWS::EC2::FlowLog":
    "remove the other flow log to the same place; `turnaway deploy plan` names it",
};
