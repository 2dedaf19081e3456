import type { WorkGroup } from "@aws-sdk/client-athena";
import { TurnawayError } from "@turnaway/core";

import { factsOf } from "../aws/error-facts.ts";
import { retrying } from "../aws/retrying.ts";
import type { AthenaSession } from "./athena-session.ts";
import { isDenied, requestFailure } from "./request-failures.ts";

/** What a workgroup decides for the queries that run in it. */
export interface Workgroup {
  readonly name: string;
  /** Where results go; null when Athena keeps them or when the client says it. */
  readonly outputLocation: string | null;
  /** Whether the client's own settings are ignored. */
  readonly enforced: boolean;
  /** Whether Athena keeps results itself. */
  readonly managed: boolean;
  /** Bytes after which Athena cancels a query; null for none. */
  readonly cutoffBytes: number | null;
  /** KMS key of the results; null for none. */
  readonly resultKey: string | null;
}

export interface PreflightOptions {
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
  readonly region: string;
  /** Of the client; used when the workgroup leaves it open. */
  readonly outputLocation: string | null;
  /** Accounts that this may run in; null is any. */
  readonly allowedAccounts: readonly string[] | null;
  /** The account that the credentials belong to. */
  readonly readAccount: () => Promise<string | null>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Looks once, before the first query, for what would make every query fail.
 *
 * Nothing is made or changed: a bucket for results that nobody asked for is how others
 * end up with logs in places that nobody watches.
 *
 * @throws TurnawayError CONFIG for a workgroup, account or database that is not as it has to
 * be; AWS when it can't be asked.
 */
export async function preflight(
  session: AthenaSession,
  options: PreflightOptions,
): Promise<Workgroup> {
  await checkAccount(options);
  const workgroup = await checkWorkgroup(session, options);
  await checkDatabase(session, options).catch((error: unknown) => {
    // Queries need no athena:GetDatabase, so its absence is for the doctor to say.
    if (!(error instanceof TurnawayError) || !isDenied(error.cause)) throw error;
  });
  return workgroup;
}

/** The workgroup, when it takes queries and has a place for their results. */
export async function checkWorkgroup(
  session: AthenaSession,
  options: PreflightOptions,
): Promise<Workgroup> {
  return describe(await readWorkgroup(session, options), options);
}

const PREFLIGHT_MS = 60_000;

/** Whether the credentials are of an account that may be used. */
export async function checkAccount({
  allowedAccounts,
  readAccount,
}: PreflightOptions): Promise<void> {
  if (allowedAccounts === null) return;
  const account = await readAccount();
  if (account === null || allowedAccounts.includes(account)) return;
  throw refused(
    "wrong AWS account",
    `the credentials are of ${account}, allowed are ${allowedAccounts.join(", ")}`,
    "take the profile or role of that account",
  );
}

async function readWorkgroup(
  session: AthenaSession,
  options: PreflightOptions,
): Promise<WorkGroup> {
  const { api, clock } = session;
  const until = clock.now() + PREFLIGHT_MS;
  const { workgroup } = options;
  try {
    const answer = await retrying(session, until, (o) =>
      api.getWorkGroup({ WorkGroup: workgroup }, o),
    );
    if (answer.WorkGroup === undefined) throw new SyntaxError("no WorkGroup in the answer");
    return answer.WorkGroup;
  } catch (error) {
    if (/work ?group.* not found/i.test(factsOf(error).message)) {
      throw noSuchWorkgroup(options, await workgroupNames(session, until), error);
    }
    throw requestFailure(error, askedOf(options, "GetWorkGroup"));
  }
}

// The names are a help, not a need: whoever may not list them is told without.
async function workgroupNames(session: AthenaSession, until: number): Promise<string[]> {
  const answer = await retrying(session, until, (o) =>
    session.api.listWorkGroups({ MaxResults: 50 }, o),
  ).catch(() => undefined);
  return (answer?.WorkGroups ?? []).flatMap(({ Name, State }) =>
    Name === undefined || State === "DISABLED" ? [] : [Name],
  );
}

function noSuchWorkgroup(
  { workgroup, region }: PreflightOptions,
  names: readonly string[],
  cause: unknown,
): TurnawayError {
  const others = names.length === 0 ? "" : `; there are ${names.join(", ")}`;
  return refused(
    "workgroup is missing",
    `there is no workgroup ${workgroup} in ${region}${others}`,
    "set athena.workgroup in turnaway.yml, or make it with `turnaway deploy apply`",
    cause,
  );
}

function describe(found: WorkGroup, options: PreflightOptions): Workgroup {
  const name = options.workgroup;
  const settings = found.Configuration ?? {};
  if (found.State === "DISABLED") {
    throw refused(
      "workgroup is disabled",
      `the workgroup ${name} takes no queries`,
      "enable it in the Athena console, or set athena.workgroup to another one",
    );
  }
  const version = settings.EngineVersion?.EffectiveEngineVersion ?? "Athena engine version 3";
  if (!version.endsWith("version 3")) {
    throw refused(
      "workgroup has another engine",
      `the workgroup ${name} runs ${version}, the queries are written for Athena engine version 3`,
      "change the engine version of the workgroup, or set athena.workgroup to another one",
    );
  }
  const managed = settings.ManagedQueryResultsConfiguration?.Enabled === true;
  const enforced = settings.EnforceWorkGroupConfiguration === true;
  const outputLocation = settings.ResultConfiguration?.OutputLocation ?? null;
  const own = enforced ? null : options.outputLocation;
  if (!managed && (own ?? outputLocation) === null) {
    throw refused(
      "no place for query results",
      `the workgroup ${name} has no output location and no managed query results`,
      "give the workgroup one of both; Turnaway makes no bucket by itself",
    );
  }
  return {
    name,
    managed,
    enforced,
    outputLocation: managed ? null : outputLocation,
    cutoffBytes: settings.BytesScannedCutoffPerQuery ?? null,
    resultKey: settings.ResultConfiguration?.EncryptionConfiguration?.KmsKey ?? null,
  };
}

/** Whether the database is there and may be looked at. */
export async function checkDatabase(
  session: AthenaSession,
  options: PreflightOptions,
): Promise<void> {
  const { api, clock } = session;
  const { catalog, database, region } = options;
  try {
    await retrying(session, clock.now() + PREFLIGHT_MS, (o) =>
      api.getDatabase({ CatalogName: catalog, DatabaseName: database }, o),
    );
  } catch (error) {
    if (/not found|does not exist/i.test(factsOf(error).message)) {
      throw refused(
        "database is missing",
        `there is no database ${database} in ${catalog} of ${region}`,
        "set athena.database in turnaway.yml, or make it with `turnaway deploy apply`",
        error,
      );
    }
    throw requestFailure(error, askedOf(options, "GetDatabase"));
  }
}

function askedOf(options: PreflightOptions, operation: string) {
  const { workgroup, region, outputLocation, env } = options;
  const place = { name: `workgroup ${workgroup}`, queryId: null, url: null };
  return { ...place, operation, workgroup, region, outputLocation, env };
}

function refused(what: string, why: string, fix: string, cause?: unknown): TurnawayError {
  return new TurnawayError("CONFIG", { what, where: "athena", why, fix }, { cause });
}
