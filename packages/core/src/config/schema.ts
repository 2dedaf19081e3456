import { z } from "zod";

import { alertsSchema, budgetSchema, dashboardsSchema, githubSchema } from "./delivery-schema.ts";
import { athenaSchema, cloudwatchSchema, logsSchema, trinoSchema } from "./logs-schema.ts";
import { reportConfigSchema } from "./report-config-schema.ts";
import { accountId, line, region, text, vpcId } from "./values.ts";

const vpcSchema = z.strictObject({
  id: vpcId.describe("Id of the VPC"),
  account: accountId.optional().describe("Default: the only entry of `accounts`"),
  region: region.optional().describe("Default: the only entry of `regions`"),
  name: line(60).optional().describe("What people call it"),
});

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
    vpcs: z.array(vpcSchema).default([]).describe("VPCs that get a flow log"),
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
  })
  .meta({ title: "Turnaway configuration" });

/** What stands in the file. */
export type WrittenConfig = z.input<typeof writtenConfigSchema>;

/** What stands in the file, with every default filled in. */
export type ValidConfig = z.output<typeof writtenConfigSchema>;
