import { z } from "zod";

import { SEVERITIES } from "../report.ts";
import { describeDetection, DETECTION_IDS, type DetectionId } from "./detection-ids.ts";
import { accountId, addressOrCidr, line, text, timezone, vpcId, wholeNumber } from "./values.ts";

const parameter = z.union(
  [z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string()]))],
  {
    error: "a number, text, true, false, or a list of these",
  },
);

const detectionSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether the detection runs"),
    severity: z
      .enum(SEVERITIES)
      .nullable()
      .default(null)
      .describe("Severity of its findings. Default: what the detection decides"),
    params: z
      .record(text(/^[a-z][a-z0-9_]*$/, "the name of a parameter"), parameter)
      .default({})
      .describe("Parameters by name, as `turnaway sql show ID` lists them"),
  })
  .meta({ id: "detection" });

const ownerMatchSchema = z
  .strictObject({
    cidr: addressOrCidr.optional().describe("Address, or range of addresses"),
    vpc: vpcId.optional().describe("Id of the VPC"),
    subnet: text(/^subnet-[0-9a-f]{8,17}$/, "a subnet id such as subnet-0a1b2c3d")
      .optional()
      .describe("Id of the subnet"),
    instance: text(/^i-[0-9a-f]{8,17}$/, "an instance id such as i-0a1b2c3d")
      .optional()
      .describe("Id of the instance"),
    interface: text(/^eni-[0-9a-f]{8,17}$/, "an interface id such as eni-0a1b2c3d")
      .optional()
      .describe("Id of the network interface"),
    tag: line(256).optional().describe("Value of a logged tag (fields of version 11)"),
    account: accountId.optional().describe("Id of the account"),
  })
  .refine((match) => Object.keys(match).length > 0, {
    error: "at least one of cidr, vpc, subnet, instance, interface, tag, account",
  });

const ownerSchema = z.strictObject({
  match: ownerMatchSchema.describe("What is owned: every key that is given must match"),
  owner: line(100).describe("Team or person; `github.assignees` maps it to logins"),
});

const service = text(/^\d{1,5}(\/[a-z0-9]+)?$/, "a port, or port/protocol such as 8443/tcp");

/** What the report says, and about what. */
export const reportConfigSchema = z.strictObject({
  timezone: timezone.default("UTC").describe("Zone whose days the report is about"),
  settleHours: wholeNumber(0, 72)
    .default(3)
    .describe("Hours after the end of a day in which late files still belong to it"),
  historyDays: wholeNumber(1, 365)
    .default(14)
    .describe("Days before the report's that it is compared with"),
  internalCidrs: z
    .array(addressOrCidr)
    .default([])
    .describe("Networks that are inside, besides the private, shared and link-local ranges"),
  knownServices: z
    .record(service, line(60))
    .default({})
    .describe("Names of your own services by port, or port/protocol; tcp where none is given"),
  owners: z.array(ownerSchema).default([]).describe("Whose what is; the first that matches counts"),
  detections: z
    .strictObject(eachDetection())
    .prefault({})
    .describe("Detections by id: switched off, or tuned"),
});

function eachDetection(): Record<DetectionId, z.ZodPrefault<typeof detectionSchema>> {
  return Object.fromEntries(
    DETECTION_IDS.map((id) => [id, detectionSchema.prefault({}).describe(describeDetection(id))]),
  ) as ReturnType<typeof eachDetection>;
}
