import { z } from "zod";

/**
 * The report as a value: what every renderer reads and what `report.json` is.
 *
 * Counts are non-negative integers; past 2^53 they are bigint, and JSON carries
 * all their digits. Times are ISO 8601 UTC with `Z`. Absent is `null`.
 */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export const STATUSES = ["new", "ongoing", "resolved", "muted"] as const;
export const VERDICTS = ["clear", "findings", "partial", "no-data"] as const;
const COUNTINGS = ["once", "as-logged"] as const;

const count = z
  .union([z.number().int().nonnegative(), z.bigint().nonnegative()])
  .describe("Exact, whatever its size")
  .meta({ id: "count" });
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "ISO 8601 UTC with Z");
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "YYYY-MM-DD");
const amount = z.strictObject({ records: count, packets: count, bytes: count });

const evidenceValue: z.ZodType<EvidenceValue> = z
  .lazy(() =>
    z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null(), z.array(evidenceValue)]),
  )
  .meta({ id: "evidence" });
export type EvidenceValue = string | number | bigint | boolean | null | EvidenceValue[];

export const findingSchema = z.strictObject({
  key: z.string().describe("Stable: the same trouble has the same key on every day and engine"),
  detection: z.string().describe("Id of the detection, for example newly-rejected"),
  severity: z.enum(SEVERITIES),
  status: z.enum(STATUSES),
  day: z.number().int().min(1).describe("1 on the first day, 2 on the next"),
  scope: z
    .enum(["internal", "egress", "ingress", "pipeline"])
    .describe("Between private hosts, out to the internet, in from it, or about the logs"),
  firstSeen: time,
  lastSeen: time,
  client: z.string().nullable(),
  server: z.string().nullable(),
  protocol: z.string().nullable().describe("tcp, udp, icmp, … or the number"),
  port: z.number().int().nullable().describe("Service port"),
  records: count,
  packets: count,
  bytes: count,
  owner: z.string().nullable(),
  title: z.string().describe("One line: who, to what"),
  why: z.string().describe("Why it matters"),
  next: z.string().describe("What to do next"),
  trace: z.string().nullable().describe("Subject for `turnaway trace` that shows more"),
  refusedAt: z
    .enum(["client", "server", "both", "unknown"])
    .nullable()
    .describe("Which end said no"),
  rule: z.string().nullable().describe("Which kind of rule that end and phase leave: see the ADR"),
  ids: z
    .strictObject({
      account: z.string().nullable(),
      vpc: z.string().nullable(),
      subnet: z.string().nullable(),
      instance: z.string().nullable(),
      interface: z.string().nullable(),
    })
    .describe("Where the refusing end lives"),
  mute: z
    .strictObject({ reason: z.string(), owner: z.string(), until: day })
    .nullable()
    .describe("The mute that matches, in force or expired"),
  evidence: z.record(z.string(), evidenceValue).describe("Per detection, documented on its page"),
});

export const problemSchema = z.strictObject({
  code: z.string().describe("For example GZIP_TRUNCATED"),
  where: z.string().describe("file:line, or the file"),
  detail: z.string(),
  partial: z.boolean().describe("True when the report can not be trusted to be whole"),
});

export const coverageSchema = z.strictObject({
  files: count,
  bytes: count.describe("As stored, compressed"),
  lines: count,
  headers: count,
  records: count,
  ok: count,
  noData: count,
  skipData: count,
  malformed: count,
  accept: count,
  reject: count,
  acceptBytes: count,
  rejectBytes: count,
  firstStart: time.nullable(),
  lastEnd: time.nullable(),
  excluded: count.describe("Transit gateway and other records that no reject report can use"),
  interfaces: count,
  hoursWithRecords: count.describe("Hours of the window that have at least one record"),
  hours: count.describe("Hours of the window"),
  formats: z.array(z.strictObject({ fields: z.string(), files: count, records: count })),
  problems: z.array(problemSchema),
});

const absentSchema = z.strictObject({
  section: z.string().describe("Id of the detection, or the part of the report by name"),
  reason: z.string().describe("What it needs, as a clause: needs days of history"),
});

const topEntry = z.strictObject({ name: z.string(), records: count });

export const reportSchema = z
  .strictObject({
    schema: z.literal("turnaway.report/1"),
    name: z.string(),
    verdict: z.enum(VERDICTS),
    headline: z.string().describe("One sentence that a tired person understands"),
    window: z.strictObject({ start: time, end: time, timezone: z.string() }),
    totals: z
      .strictObject({ accepted: amount, rejected: amount })
      .describe("Conversations, counted as `counted` says"),
    counted: z
      .enum(COUNTINGS)
      .optional()
      .describe(
        "How totals, noise and trend are counted. Absent is `once`: each conversation once, however many interfaces logged it. `as-logged`: at every interface that logged it",
      ),
    counts: z.strictObject({
      new: z.number().int(),
      ongoing: z.number().int(),
      resolved: z.number().int(),
      muted: z.number().int(),
    }),
    findings: z.array(findingSchema).describe("The next action first"),
    noise: z
      .strictObject({
        records: count,
        sources: count,
        topPorts: z.array(topEntry),
        topSources: z.array(topEntry),
      })
      .describe("Internet background noise: refused, expected, collapsed"),
    latePackets: z
      .strictObject({ records: count, pairs: count })
      .nullable()
      .describe(
        "Refused after a connection closed: not findings, counted apart. Null when the engine was not asked",
      ),
    trend: z
      .array(z.strictObject({ day, accepted: count, rejected: count, covered: z.boolean() }))
      .describe("Records a day, counted as `counted` says, oldest first"),
    coverage: coverageSchema.describe("As logged, before any counting once"),
    absent: z
      .array(absentSchema)
      .optional()
      .describe(
        "What a report has elsewhere and this one has not, since its engine can't be asked",
      ),
    notices: z.array(z.string()).describe("What a reader should know about this report"),
    receipt: z
      .strictObject({
        engine: z.string(),
        queries: z.array(
          z.strictObject({
            name: z.string(),
            id: z.string().nullable(),
            scannedBytes: count,
            scannedRecords: count.optional().describe("Where the engine counts them"),
            durationMs: z
              .number()
              .describe("From the question to the last row, the queue included"),
            queuedMs: z.number().optional().describe("That the engine let it wait"),
            costUsd: z.number().optional().describe("By the list price, where the engine has one"),
            consoleUrl: z.string().optional().describe("Where a person can look at the query"),
          }),
        ),
        scannedBytes: count,
        costUsd: z.number().describe("By the list price, to the millionth"),
        durationMs: z.number().describe("Of all queries together, as if one ran after another"),
        versions: z.record(z.string(), z.string()),
      })
      .describe("The only part that may differ from run to run"),
  })
  .meta({ title: "Turnaway reject report" });

export type Report = z.infer<typeof reportSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Coverage = z.infer<typeof coverageSchema>;
export type Problem = z.infer<typeof problemSchema>;
export type Absent = z.infer<typeof absentSchema>;
export type Severity = (typeof SEVERITIES)[number];
export type Verdict = (typeof VERDICTS)[number];
export type Count = number | bigint;
