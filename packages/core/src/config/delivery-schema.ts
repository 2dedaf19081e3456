import { z } from "zod";

import { line, text, wholeNumber } from "./values.ts";

const login = text(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "a GitHub login, without @");

/** How the report becomes an issue. */
export const githubSchema = z.strictObject({
  issueMode: z
    .enum(["rolling", "daily", "none"])
    .default("rolling")
    .describe("`rolling`: one open issue, kept up to date; `daily`: one a day; `none`: no issue"),
  title: line(200)
    .default("Reject report: {name}")
    .describe("Title of the issue; `{name}` and `{day}` are filled in"),
  labels: z.array(line(50)).default(["turnaway"]).describe("Labels of the issue"),
  assignees: z
    .record(line(100), z.array(login))
    .default({})
    .describe("Logins by owner; `unowned` for findings without one"),
  notify: z
    .enum(["assign", "mention"])
    .default("assign")
    .describe("Assign the issue to those logins, or mention them beside their new findings"),
  onClear: z
    .enum(["close", "keep"])
    .default("close")
    .describe("What becomes of the rolling issue when nothing is left to report"),
  clearDays: wholeNumber(1, 90)
    .default(1)
    .describe("Clear days in a row before the rolling issue is closed"),
  onReturn: z
    .enum(["reopen", "new"])
    .default("reopen")
    .describe("Whether trouble that is back reopens the closed issue or opens a new one"),
  mask: z
    .array(z.enum(["accounts", "private-ips", "ids"]))
    .default([])
    .describe(
      "What is masked in everything that is posted; a public repository needs it. With the input `mask-key` of the Action one host can be told from another",
    ),
  publicOk: z.boolean().default(false).describe("Post to a public repository without masking"),
  defang: z
    .boolean()
    .default(false)
    .describe("Write addresses as 203.0.113[.]7 where people read them; not in JSON and CSV"),
});

export const alertsSchema = z.strictObject({
  emails: z
    .array(z.email({ error: "an e-mail address" }))
    .default([])
    .describe("Addresses that alarms are mailed to; each has to confirm once"),
  urls: z
    .array(z.url({ protocol: /^https$/, error: "an https:// URL" }))
    .default([])
    .describe("HTTPS endpoints that alarms are posted to"),
  topic: text(
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,250}(\.fifo)?$/,
    "the ARN of an SNS topic",
  )
    .nullable()
    .default(null)
    .describe(
      "SNS topic that is told what is new in the report, once for each change. Default: none",
    ),
  sshRejects: wholeNumber(1, 1_000_000)
    .default(1)
    .describe("Refused SSH records in one minute that raise the alarm"),
  rdpRejects: threshold("refused RDP records in one minute"),
  adminRejects: threshold("refused records of an admin or database port in one minute"),
  allRejects: threshold("refused records in one minute"),
  rejectBand: z
    .boolean()
    .default(false)
    .describe(
      "An alarm when refused records leave the band that CloudWatch expects; it costs more",
    ),
  silentHours: wholeNumber(1, 168)
    .default(6)
    .describe("Hours without a delivered file that raise the alarm"),
  reportHours: wholeNumber(1, 168)
    .default(36)
    .describe("Hours without a query of the report that raise the alarm"),
});

function threshold(counted: string): z.ZodDefault<z.ZodNullable<z.ZodInt>> {
  return wholeNumber(1, 1_000_000_000)
    .nullable()
    .default(null)
    .describe(`Alarm at so many ${counted}. Default: no alarm`);
}

export const budgetSchema = z.strictObject({
  monthlyUsd: z
    .number({ error: "dollars a month" })
    .positive({ error: "dollars a month, more than 0" })
    .nullable()
    .default(null)
    .describe("Dollars a month that this deployment may cost. Default: no budget"),
  notifyAt: z
    .array(wholeNumber(1, 1000))
    .max(5, { error: "at most five percentages, as AWS Budgets takes" })
    .default([80, 100])
    .describe("Per cent of the budget at which `alerts.emails` are told"),
});

const principal = text(
  /^arn:aws[a-z-]*:quicksight:[^\s]+$/,
  "the ARN of a QuickSight user or group",
);

export const dashboardsSchema = z.strictObject({
  principals: z
    .array(principal)
    .default([])
    .describe("QuickSight users and groups that may see the dashboards"),
  authors: z
    .array(principal)
    .default([])
    .describe(
      "QuickSight users and groups that may also edit the analyses and everything below them",
    ),
  namespace: text(/^[A-Za-z0-9._-]{1,64}$/, "the name of a namespace")
    .default("default")
    .describe("QuickSight namespace of the principals"),
  definitions: line(1024)
    .nullable()
    .default(null)
    .describe(
      "Folder with one folder of files for each dashboard, beside this file. Default: the shipped ones",
    ),
  refreshAt: text(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 07:00")
    .default("07:00")
    .describe("When SPICE is refreshed daily, in UTC: after the report has built the rollup"),
});
