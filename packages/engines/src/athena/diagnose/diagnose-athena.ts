import type { TableMetadata } from "@aws-sdk/client-athena";
import { addDays, isoTime } from "@turnaway/core";
import { fail, failed, type Check, ok, warn } from "@turnaway/core/checks";
import type { S3Sender } from "@turnaway/sources/s3";
import { listSqlFiles, RAW_TABLE, type RawTableConfig, ROLLUP_TABLES } from "@turnaway/sql";

import { SYSTEM_CLOCK } from "../../aws/clock.ts";
import { retrying } from "../../aws/retrying.ts";
import { type AthenaEngineOptions, createAthenaEngine } from "../athena-engine.ts";
import type { AthenaSession } from "../athena-session.ts";
import {
  checkAccount,
  checkDatabase,
  checkWorkgroup,
  type PreflightOptions,
  type Workgroup,
} from "../preflight.ts";
import { requestFailure } from "../request-failures.ts";
import { checkPartitions } from "./check-partitions.ts";
import { checkQuery } from "./check-query.ts";
import { checkTable } from "./check-table.ts";
import { expectedCost } from "./expected-cost.ts";
import { createS3Probe, explainS3, type S3Probe } from "./s3-probe.ts";

export interface DiagnoseOptions extends AthenaEngineOptions {
  /** For the bucket of the logs, in its region. */
  readonly s3: S3Sender;
  readonly config: RawTableConfig;
  /** Unix seconds. */
  readonly now: number;
  /** Days whose partitions are looked at, today among them. Default is 8. */
  readonly days?: number;
  readonly signal?: AbortSignal;
}

/**
 * Looks for what will fail on Athena: credentials, region, workgroup, database, tables, columns
 * against the log format, partitions against objects, encryption, each permission, cost.
 *
 * Runs one query that scans nothing; makes and changes nothing.
 *
 * @returns checks in the order of a run; what depends on something that failed is left out.
 * @throws TurnawayError only an interruption.
 */
export async function diagnoseAthena(options: DiagnoseOptions): Promise<Check[]> {
  const { api, clock = SYSTEM_CLOCK, signal } = options;
  const session = { api, clock, signal };
  const place = await checkPlace(options);
  if (place.region === null) return place.checks;
  const preflight = preflightOptions(options, place.region);
  const access = await checkAccess(session, preflight);
  const tables =
    access.workgroup === null || !access.hasDatabase
      ? []
      : await checkTables(session, preflight, options);
  const query =
    access.workgroup === null || !access.hasDatabase
      ? []
      : await checkQuery(createAthenaEngine(options), api, options.workgroup);
  return [
    ...place.checks,
    ...access.checks,
    ...tables,
    ...query,
    ...(await checkLogs(options, access.workgroup)),
  ];
}

const DEFAULT_DAYS = 8;

async function checkPlace({ api }: DiagnoseOptions): Promise<{
  checks: Check[];
  region: string | null;
}> {
  let credentials: Check;
  try {
    const { accountId } = await api.config.credentials();
    credentials = ok("CREDENTIALS", accountId === undefined ? "found" : `of ${accountId}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    credentials = fail(
      "CREDENTIALS",
      `no AWS credentials were found: ${why}`,
      "set AWS_PROFILE, run `aws sso login`, or give the job a role",
    );
    return { checks: [credentials], region: null };
  }
  try {
    const region = await api.config.region();
    return { checks: [credentials, ok("REGION", region)], region };
  } catch {
    const region = fail("REGION", "no AWS region", "set AWS_REGION to that of the workgroup");
    return { checks: [credentials, region], region: null };
  }
}

function preflightOptions(options: DiagnoseOptions, region: string): PreflightOptions {
  return {
    region,
    workgroup: options.workgroup,
    database: options.database,
    catalog: options.catalog ?? "AwsDataCatalog",
    outputLocation: options.outputLocation ?? null,
    allowedAccounts: options.allowedAccounts ?? null,
    readAccount: options.readAccount ?? (async () => null),
    env: options.env ?? {},
  };
}

async function checkAccess(
  session: AthenaSession,
  options: PreflightOptions,
): Promise<{ checks: Check[]; workgroup: Workgroup | null; hasDatabase: boolean }> {
  const checks: Check[] = [];
  let workgroup: Workgroup | null = null;
  let hasDatabase = false;
  try {
    await checkAccount(options);
    workgroup = await checkWorkgroup(session, options);
    checks.push(...describeWorkgroup(workgroup, options));
  } catch (error) {
    checks.push(...failed("WORKGROUP", error));
  }
  try {
    await checkDatabase(session, options);
    hasDatabase = true;
    checks.push(ok("DATABASE", `${options.database} in ${options.catalog}`));
  } catch (error) {
    checks.push(...failed("DATABASE", error));
  }
  return { checks, workgroup, hasDatabase };
}

function describeWorkgroup(workgroup: Workgroup, { outputLocation }: PreflightOptions): Check[] {
  const { name, managed, enforced, cutoffBytes, resultKey } = workgroup;
  const own = enforced ? null : outputLocation;
  const place = managed ? "kept by Athena" : `in ${own ?? workgroup.outputLocation}`;
  const key = resultKey === null ? "" : `, encrypted with ${resultKey}`;
  return [
    ok("WORKGROUP", `${name}: enabled, engine version 3, results ${place}${key}`),
    cutoffBytes === null
      ? warn(
          "SCAN_LIMIT",
          `${name} has no limit of bytes for a query`,
          "run `turnaway deploy apply`, which sets athena.scanLimit on the workgroup",
        )
      : ok("SCAN_LIMIT", `${(cutoffBytes / 1e9).toFixed(2)} GB for a query`),
  ];
}

async function checkTables(
  session: AthenaSession,
  preflight: PreflightOptions,
  { config }: DiagnoseOptions,
): Promise<Check[]> {
  let tables: readonly TableMetadata[];
  try {
    tables = await listTables(session, preflight);
  } catch (error) {
    return failed(
      "TABLES",
      requestFailure(error, {
        ...preflight,
        name: `database ${preflight.database}`,
        queryId: null,
        url: null,
        operation: "ListTableMetadata",
      }),
    );
  }
  const names = new Set(tables.map(({ Name }) => Name));
  const views = [...listSqlFiles("views")].map(({ name }) => name);
  const missing = {
    tables: [RAW_TABLE, ...ROLLUP_TABLES.map(({ name }) => name)].filter((n) => !names.has(n)),
    views: views.filter((name) => !names.has(name)),
  };
  const raw = tables.find(({ Name }) => Name === RAW_TABLE);
  return [
    missing.tables.length === 0
      ? ok("TABLES", `${RAW_TABLE} and the tables of the rollup are there`)
      : fail("TABLES", `missing: ${missing.tables.join(", ")}`, "run `turnaway deploy apply`"),
    missing.views.length === 0
      ? ok("VIEWS", `all ${views.length} are there`)
      : fail("VIEWS", `missing: ${missing.views.join(", ")}`, "run `turnaway views deploy`"),
    ...(raw === undefined ? [] : checkTable(raw, config)),
  ];
}

async function listTables(
  session: AthenaSession,
  { catalog, database }: PreflightOptions,
): Promise<TableMetadata[]> {
  const tables: TableMetadata[] = [];
  let token: string | undefined;
  do {
    const page = await retrying(session, session.clock.now() + LIST_MS, (o) =>
      session.api.listTableMetadata(
        { CatalogName: catalog, DatabaseName: database, ...(token && { NextToken: token }) },
        o,
      ),
    );
    tables.push(...(page.TableMetadataList ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return tables;
}

const LIST_MS = 60_000;

async function checkLogs(options: DiagnoseOptions, workgroup: Workgroup | null): Promise<Check[]> {
  const { config, now, days = DEFAULT_DAYS, scanLimitBytes = null } = options;
  const { bucket } = config.logs;
  if (bucket === null) {
    return [fail("PARTITIONS", "no bucket of logs", "set logs.bucket in turnaway.yml")];
  }
  const s3 = await createS3Probe(options.s3);
  const today = isoTime(now).slice(0, 10);
  const list = Array.from({ length: days }, (_, i) => addDays(today, i - days + 1));
  const { checks, dayBytes, newestKey } = await checkPartitions({ s3, config, days: list, now });
  const limits = [scanLimitBytes, workgroup?.cutoffBytes ?? null].filter((n) => n !== null);
  return [
    ...checks,
    ...(newestKey === null ? [] : [await checkReading(s3, bucket, newestKey)]),
    ...(dayBytes === 0
      ? []
      : [
          expectedCost({
            dayBytes,
            scanLimitBytes: limits.length === 0 ? null : Math.min(...limits),
          }),
        ]),
  ];
}

// A byte is enough to need s3:GetObject and, where the bucket has a key, kms:Decrypt.
async function checkReading(s3: S3Probe, bucket: string, key: string): Promise<Check> {
  try {
    await s3.touch(bucket, key);
    return ok("READ", "s3:GetObject is allowed, and kms:Decrypt where objects are encrypted");
  } catch (error) {
    const { what, fix } = explainS3(error, "s3:GetObject", bucket);
    return fail("READ", `s3://${bucket}/${key} can not be read: ${what}`, fix);
  }
}
