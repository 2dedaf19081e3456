import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";

import { nameOf } from "../../deployment.ts";
import { findStack } from "../aws/live-stack.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok, warning } from "./note.ts";

/** VPCs of one region, unless the account has asked for more. Source: Amazon VPC quotas. */
const DEFAULT_VPCS = 5;

/** Whether the account may have one more VPC, for the demo network. */
export function checkVpcQuota({ deployment, aws, signal }: Examined): Check {
  const { home } = deployment;
  return {
    about: "the number of VPCs",
    place: home,
    service: "EC2",
    permission: "ec2:DescribeVpcs",
    async look(): Promise<PreflightNote[]> {
      const name = nameOf(deployment, "demo-network");
      if ((await findStack({ name, place: home, aws, signal })) !== null) return [];
      const ec2 = await aws.client(EC2Client, home);
      const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand(), { abortSignal: signal });
      if (Vpcs.length < DEFAULT_VPCS) return [ok(`${home.region} has room for the demo network`)];
      return [
        warning(
          `${home.account} has ${Vpcs.length} VPCs in ${home.region}, where it may have ${DEFAULT_VPCS} unless it has asked for more, and the demo network is another`,
          'raise the quota "VPCs per Region", or write `infrastructure.demoNetwork: false`',
        ),
      ];
    },
  };
}

/** Roles that a deployment makes in its home at most: three by name, one that writes logs. */
const ROLES = 6;

/** Whether the account may have the roles that the deployment makes. */
export function checkRoleQuota({ deployment, aws, signal }: Examined): Check {
  const { home } = deployment;
  return {
    about: "the number of roles",
    place: home,
    service: "IAM",
    permission: "iam:GetAccountSummary",
    async look(): Promise<PreflightNote[]> {
      const name = nameOf(deployment, "access");
      if ((await findStack({ name, place: home, aws, signal })) !== null) return [];
      const iam = await aws.client(IAMClient, home);
      const asked = new GetAccountSummaryCommand();
      const { SummaryMap = {} } = await iam.send(asked, { abortSignal: signal });
      const { Roles = 0, RolesQuota = Number.POSITIVE_INFINITY } = SummaryMap;
      if (Roles + ROLES <= RolesQuota) return [];
      return [
        error(
          `${home.account} has ${Roles} of ${RolesQuota} roles, and a deployment makes up to ${ROLES}`,
          'raise the quota "Roles per account" of IAM, or remove roles that nobody takes',
        ),
      ];
    },
  };
}
