import { z } from "zod";

import { alertsSchema, budgetSchema, dashboardsSchema, githubSchema } from "./delivery-schema.ts";
import { infrastructureSchema } from "./infrastructure-schema.ts";
import { athenaSchema, cloudwatchSchema, logsSchema, trinoSchema } from "./logs-schema.ts";
import { reportConfigSchema } from "./report-config-schema.ts";
import { accountId, line, region, text, vpcId } from "./values.ts";

const vpcs = logged(vpcId, "a VPC");
const subnets = logged(id("subnet"), "a subnet");
const interfaces = logged(id("eni"), "an interface");
const transitGateways = logged(id("tgw"), "a transit gateway");

/**
 * `turnaway.yml` as a person writes it: every key has a description and a default,
 * so that an empty file is valid for local use.
 */
export const writtenConfigSchema = z
  .strictObject({
    name: text(
      /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      "lower-case words and hyphens, at most 40",
    )
      .default("default")
      .describe("Name of the report: marks its issue, and the stacks of its deployment"),
    accounts: z.array(accountId).default([]).describe("AWS accounts whose traffic is logged"),
    regions: z.array(region).default([]).describe("Regions whose traffic is logged"),
    vpcs: vpcs.describe("VPCs that get a flow log"),
    subnets: subnets.describe("Subnets that get a flow log of their own"),
    interfaces: interfaces.describe("Network interfaces that get a flow log of their own"),
    transitGateways: transitGateways.describe(
      "Transit gateways that get a flow log. Their records know no rejects: they are kept apart",
    ),
    logs: logsSchema.prefault({}).describe("Where flow logs lie, and in which form"),
    athena: athenaSchema.prefault({}).describe("Queries in the cloud"),
    cloudwatch: cloudwatchSchema.prefault({}).describe("Logs that go to CloudWatch"),
    trino: trinoSchema.prefault({}).describe("Queries on a Trino of your own"),
    report: reportConfigSchema.prefault({}).describe("What the report says, and about what"),
    mutes: line(1024)
      .default("mutes.yml")
      .describe("File of muted findings, beside this one; it need not exist"),
    github: githubSchema.prefault({}).describe("How the report becomes an issue"),
    alerts: alertsSchema.prefault({}).describe("Whom alarms reach"),
    budget: budgetSchema.prefault({}).describe("What the deployment may cost"),
    dashboards: dashboardsSchema.prefault({}).describe("Who sees the QuickSight dashboards"),
    infrastructure: infrastructureSchema
      .prefault({})
      .describe("What `deploy` makes in AWS, and which workflows may use it"),
  })
  .meta({ title: "Turnaway configuration" });

/** What stands in the file. */
export type WrittenConfig = z.input<typeof writtenConfigSchema>;

/** What stands in the file, with every default filled in. */
export type ValidConfig = z.output<typeof writtenConfigSchema>;

// Four kinds of the same: what a flow log watches.
function logged(
  id: z.ZodString,
  kind: string,
): z.ZodDefault<
  z.ZodArray<
    z.ZodObject<
      {
        id: z.ZodString;
        account: z.ZodOptional<typeof accountId>;
        region: z.ZodOptional<z.ZodString>;
        name: z.ZodOptional<z.ZodString>;
      },
      z.core.$strict
    >
  >
> {
  return z
    .array(
      z.strictObject({
        id: id.describe(`Id of ${kind}`),
        account: accountId.optional().describe("Default: the only entry of `accounts`"),
        region: region.optional().describe("Default: the only entry of `regions`"),
        name: line(60).optional().describe("What people call it"),
      }),
    )
    .default([]);
}

function id(prefix: string): z.ZodString {
  return text(
    new RegExp(`^${prefix}-[0-9a-f]{8,17}$`),
    `an id such as ${prefix}-0a1b2c3d4e5f67890`,
  );
}
