import { type Config, hasDashboards } from "@turnaway/core";

import type { Deployment } from "../deployment.ts";
import { PRICES, tiered } from "./prices.ts";

/** One line of the estimate. */
export interface CostLine {
  readonly what: string;
  /** How the amount came about, for people. */
  readonly how: string;
  /** US dollars a month, once the retention is full. */
  readonly usd: number;
}

/** What a deployment will probably cost. */
export interface CostEstimate {
  readonly gbPerDay: number;
  readonly lines: readonly CostLine[];
  readonly usd: number;
}

/** What is counted besides gigabytes: read off the templates, so that no number stands here twice. */
export interface CountedResources {
  readonly keys: number;
  readonly alarms: number;
  readonly anomalyAlarms: number;
  readonly metrics: number;
  readonly dashboards: number;
  readonly instances: number;
}

const DAYS_A_MONTH = 30.4;
const HOURS_A_MONTH = 730;

/**
 * Text to gzip, as measured over four million records of the default format (`pnpm bench` prints
 * both sizes): 442 MB against 65 MB.
 */
const COMPRESSION = 6.8;

/** What a day's build and report read, in bytes of the day's compressed logs (docs/benchmark.md). */
const READ_A_DAY = 3.6;

/** Statements of a day's build and report: each is billed for 10 MB at least. */
const STATEMENTS_A_DAY = 60;
const LEAST_GB = 0.01;

/** The rollup and its history, of the compressed logs. */
const ROLLUP_SHARE = 0.2;

/** What a refresh of the dashboards reads of the rollup: four data sets, three days each. */
const REFRESHED_DAYS = 12;
const DATA_SETS = 4;

/** Adds up a month. A pure function of the configuration, the counts and the price list. */
export function estimateCost(
  { config }: Pick<Deployment, "config">,
  counted: CountedResources,
): CostEstimate {
  const { expectedGbPerDay: gbPerDay } = config.infrastructure;
  const lines = [
    ...(config.logs.bucket === null ? [] : inS3(config, gbPerDay)),
    ...(config.cloudwatch.logGroup === null ? [] : inCloudWatch(config, gbPerDay)),
    ...fixed(counted),
  ].filter(({ usd }) => usd > 0);
  return { gbPerDay, lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) };
}

function inS3(config: Config, gbPerDay: number): CostLine[] {
  const { usd } = PRICES;
  const { logs } = config;
  const month = gbPerDay * DAYS_A_MONTH;
  const stored = gbPerDay / COMPRESSION;
  const read = Math.max(stored * READ_A_DAY, STATEMENTS_A_DAY * LEAST_GB);
  const refreshed = Math.max(stored * ROLLUP_SHARE * REFRESHED_DAYS, DATA_SETS * LEAST_GB);
  return [
    {
      what: "Delivery to S3",
      how: `${amount(month)} GB a month`,
      usd: tiered(month, usd.deliveryToS3),
    },
    {
      what: "Conversion to Parquet",
      how: `${amount(month)} GB a month`,
      usd: logs.fileFormat === "parquet" ? month * usd.parquetConversion : 0,
    },
    ...storageSpans(logs).map(({ name, price, days }) => ({
      what: `S3 ${name}`,
      how: `${amount(stored * days)} GB: ${days} days of ${amount(stored)} GB`,
      usd: stored * days * price,
    })),
    {
      what: "S3 for the rollup",
      how: `${Math.round(ROLLUP_SHARE * 100)} % of the logs`,
      usd: stored * logs.retention * ROLLUP_SHARE * usd.storage.standard,
    },
    {
      what: "Athena, a build and a report a day",
      how: `${amount(read)} GB a day, whatever the retention`,
      usd: (read / 1000) * DAYS_A_MONTH * usd.athenaPerTb,
    },
    // QuickSight itself is billed by user, and only it knows how many there are.
    {
      what: "Athena, a refresh of the dashboards a day",
      how: `${amount(refreshed)} GB a day`,
      usd: hasDashboards(config) ? (refreshed / 1000) * DAYS_A_MONTH * usd.athenaPerTb : 0,
    },
  ];
}

interface StorageSpan {
  readonly name: string;
  readonly price: number;
  readonly days: number;
}

/** Where a file lies from its first day to its last. */
function storageSpans(logs: Config["logs"]): StorageSpan[] {
  const { storage } = PRICES.usd;
  const glacier = logs.glacierDays ?? logs.retention;
  const infrequent = Math.min(logs.infrequentAccessDays ?? glacier, glacier);
  return [
    { name: "Standard", price: storage.standard, days: infrequent },
    { name: "Standard-IA", price: storage.infrequent, days: glacier - infrequent },
    {
      name: `Glacier (${logs.glacierClass})`,
      price: storage[logs.glacierClass],
      days: logs.retention - glacier,
    },
  ].filter(({ days }) => days > 0);
}

function inCloudWatch({ cloudwatch }: Config, gbPerDay: number): CostLine[] {
  const { usd } = PRICES;
  const month = gbPerDay * DAYS_A_MONTH;
  const stored = (gbPerDay / COMPRESSION) * cloudwatch.retention;
  return [
    {
      what: "Delivery to CloudWatch Logs",
      how: `${amount(month)} GB a month`,
      usd: tiered(month, usd.deliveryToCloudWatch),
    },
    {
      what: "Log group",
      how: `${amount(stored)} GB: ${cloudwatch.retention} days`,
      usd: stored * usd.logGroupStorage,
    },
  ];
}

function fixed(counted: CountedResources): CostLine[] {
  const { usd } = PRICES;
  return [
    { what: "KMS keys", how: String(counted.keys), usd: counted.keys * usd.kmsKey },
    { what: "Alarms", how: String(counted.alarms), usd: counted.alarms * usd.alarm },
    {
      what: "Alarms with a band",
      how: String(counted.anomalyAlarms),
      usd: counted.anomalyAlarms * usd.anomalyAlarm,
    },
    { what: "Metrics", how: String(counted.metrics), usd: counted.metrics * usd.metric },
    {
      what: "CloudWatch dashboards",
      how: String(counted.dashboards),
      usd: counted.dashboards * usd.dashboard,
    },
    {
      what: "Demo network",
      how: `${counted.instances} instances`,
      usd: counted.instances * HOURS_A_MONTH * usd.demoInstanceHour,
    },
  ];
}

function amount(gb: number): string {
  return gb >= 100 ? gb.toFixed(0) : gb.toPrecision(2);
}
