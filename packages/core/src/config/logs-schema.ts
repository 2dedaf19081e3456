import { z } from "zod";

import { S3_LAYOUTS } from "../layouts.ts";
import { line, text, wholeNumber } from "./values.ts";

/** Retention periods that CloudWatch Logs accepts, in days. */
const LOG_GROUP_RETENTION = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const KMS_KEY = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

const SIZE = /^\d+(\.\d+)? ?(B|MB|GB|TB|MiB|GiB|TiB)$/;

/** Where flow logs lie, and in which form AWS writes them. */
export const logsSchema = z.strictObject({
  bucket: text(BUCKET, "the name of a bucket, without s3://")
    .nullable()
    .default(null)
    .describe("Bucket that flow logs are delivered to. Default: none, logs are local files"),
  createBucket: flag(true, "Whether `deploy` makes the bucket; false when it exists already"),
  prefix: z
    .string({ error: "text: the folders above AWSLogs" })
    .default("")
    .describe("Folders of the bucket above `AWSLogs/`. Default: none"),
  layout: z.enum(S3_LAYOUTS).default("default").describe("S3 prefix scheme of the delivery"),
  fileFormat: z.enum(["text", "parquet"]).default("text").describe("Format of the delivered files"),
  fields: z
    .string({ error: "`default`, `rich`, or the fields in their order, with spaces" })
    .default("default")
    .describe("`default` (version 2), `rich` (every VPC field), or the fields in their order"),
  aggregation: z
    .literal([60, 600], { error: "60 or 600 seconds" })
    .default(600)
    .describe("Seconds that one record may sum up"),
  trafficType: z
    .enum(["all", "accept", "reject"])
    .default("all")
    .describe("What is logged; `reject` alone can not show that something stopped working"),
  tags: z
    .strictObject({
      instance: tagKeys("instance-tag"),
      interface: tagKeys("interface-tag"),
      autoScalingGroup: tagKeys("asg-tag"),
    })
    .prefault({})
    .describe("Keys of the tags that the fields of version 11 hold: the first, and the second"),
  retention: wholeNumber(1, 36_500).default(365).describe("Days that delivered files are kept"),
  oldVersionDays: wholeNumber(1, 3650)
    .default(30)
    .describe("Days that overwritten and deleted versions of a file are kept"),
  infrequentAccessDays: wholeNumber(30, 36_500)
    .nullable()
    .default(null)
    .describe("Days after which files move to S3 Standard-IA. Default: never"),
  glacierDays: wholeNumber(1, 36_500)
    .nullable()
    .default(null)
    .describe("Days after which files move to Glacier. Default: never"),
  glacierClass: z
    .enum(["instant", "flexible", "deep"])
    .default("instant")
    .describe("Glacier class; Athena reads `instant` only, the others have to be restored first"),
  encryption: z
    .enum(["s3", "kms"])
    .default("s3")
    .describe("Who keeps the key: S3, or a KMS key of your own"),
  kmsKey: text(KMS_KEY, "the ARN of a KMS key, not its id or an alias")
    .nullable()
    .default(null)
    .describe("An existing key for `encryption: kms`. Default: `deploy` makes one"),
  objectLock: z
    .strictObject({
      mode: z
        .enum(["governance", "compliance"])
        .describe("`compliance` binds everybody, the root user too, until the days are over"),
      days: wholeNumber(1, 36_500).describe("Days that no version can be deleted"),
    })
    .nullable()
    .default(null)
    .describe("Write once, read many. Only on a new bucket. Default: none"),
  accessLogs: text(BUCKET, "the name of a bucket, without s3://")
    .nullable()
    .default(null)
    .describe("Existing bucket for the access logs of the bucket. Default: `deploy` makes one"),
});

export const athenaSchema = z.strictObject({
  database: text(/^[a-z0-9_]{1,255}$/, "a Glue database: lower-case letters, digits and _")
    .default("turnaway")
    .describe("Glue database of the tables and views"),
  workgroup: text(/^[A-Za-z0-9._-]{1,128}$/, "the name of a workgroup")
    .default("turnaway")
    .describe("Athena workgroup that queries run in"),
  scanLimit: size("10 GB").describe(
    "Most bytes that one query may read before Athena stops it; at least 10 MB",
  ),
  warehouse: text(/^s3:\/\/[^\s']+\/$/, "a folder such as s3://bucket/turnaway/")
    .nullable()
    .default(null)
    .describe(
      "Folder of the tables that hold the rollup. Default: `turnaway/` in the bucket of the logs",
    ),
  results: z
    .enum(["managed", "bucket"])
    .default("managed")
    .describe("Where answers lie: with Athena for a day, at no cost, or in a bucket of your own"),
  resultDays: wholeNumber(1, 365)
    .default(7)
    .describe("Days that answers in a bucket of your own are kept"),
  dailyScanAlarm: size("100 GB").describe("Bytes read in a day that raise an alarm"),
  crawler: flag(
    false,
    "Whether a Glue crawler adds partitions daily, for readers that ignore partition projection",
  ),
  lakeFormation: flag(
    false,
    "Whether Lake Formation guards the database, and the roles are granted what they read",
  ),
});

export const cloudwatchSchema = z.strictObject({
  logGroup: text(/^[\w./#-]{1,512}$/, "the name of a log group")
    .nullable()
    .default(null)
    .describe("Log group that flow logs are delivered to. Default: none"),
  retention: z
    .literal([...LOG_GROUP_RETENTION], { error: `one of ${LOG_GROUP_RETENTION.join(", ")} days` })
    .default(30)
    .describe("Days that the log group keeps records"),
  createLogGroup: flag(true, "Whether `deploy` makes the log group; false when it exists already"),
  encryption: z
    .enum(["service", "kms"])
    .default("service")
    .describe("Who keeps the key: CloudWatch Logs, or a KMS key that `deploy` makes"),
});

export const trinoSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: "a URL such as https://trino.example.com:8443" })
    .nullable()
    .default(null)
    .describe("Coordinator of a Trino of your own. Default: none"),
  catalog: identifier("hive").describe("Catalog of the tables and views"),
  icebergCatalog: identifier("iceberg").describe(
    "Catalog of the tables that hold the rollup; the same as `catalog` where one serves both",
  ),
  schema: identifier("turnaway").describe("Schema of the tables and views, in both catalogs"),
  user: line(256).default("turnaway").describe("User that queries run as"),
  passwordVariable: variable("the password of the user"),
  tokenVariable: variable("a token (JWT), which then says who asks"),
  certificates: line(1024)
    .nullable()
    .default(null)
    .describe(
      "PEM file, beside this one, of the authority that signed the server's certificate. Default: the system's",
    ),
});

/** Secrets stay in the environment: the file only says where. */
function variable(holds: string): z.ZodDefault<z.ZodNullable<z.ZodString>> {
  return text(/^[A-Za-z_]\w*$/, "the name of an environment variable")
    .nullable()
    .default(null)
    .describe(`Environment variable that holds ${holds}. Default: none`);
}

function identifier(byDefault: string): z.ZodDefault<z.ZodString> {
  return text(/^[a-z0-9_]{1,128}$/, "lower-case letters, digits and _").default(byDefault);
}

/** At most two: the format has one field for each. */
function tagKeys(field: string): z.ZodDefault<z.ZodArray<z.ZodString>> {
  const error = `at most two keys of tags, for ${field} and ${field}-2`;
  return z
    .array(line(128), { error })
    .max(2, { error })
    .default([])
    .describe(`Keys of the tags in ${field} and ${field}-2`);
}

function size(byDefault: string): z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>> {
  return z
    .union([z.int().positive(), z.string().regex(SIZE)], {
      error: 'bytes, or a size such as "10 GB"',
    })
    .default(byDefault);
}

function flag(byDefault: boolean, meaning: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(byDefault).describe(meaning);
}
