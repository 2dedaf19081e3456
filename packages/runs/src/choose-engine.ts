import type { EngineName } from "@turnaway/core";

import { choice, type Options, usage } from "./options.ts";

/** Engines that run where the logs are: they read tables or a log group, no files. */
export type RemoteEngine = Exclude<EngineName, "duckdb">;

/** Engines that have SQL, tables and a rollup of their own. */
export type WarehouseEngine = "athena" | "trino";

const ENGINES = ["duckdb", "athena", "trino", "cloudwatch"] as const;

/** The engine that was asked for. @throws TurnawayError USAGE for any other word. */
export function chooseEngine(options: Options, byDefault: EngineName = "duckdb"): EngineName {
  return choice(options, "engine", ENGINES) ?? byDefault;
}

/**
 * The engine itself, where it has what a command needs.
 *
 * @throws TurnawayError USAGE for DuckDB and CloudWatch Logs Insights, with what to use instead.
 */
export function requireWarehouse(engine: EngineName, what: string, fix: string): WarehouseEngine {
  if (engine === "athena" || engine === "trino") return engine;
  throw usage("--engine", `${engine} has no ${what}`, fix);
}

/**
 * Engines that run where the logs are take no source: what they read stands in turnaway.yml.
 *
 * @throws TurnawayError USAGE when one was given.
 */
export function refuseSources(engine: RemoteEngine, sources: readonly string[]): void {
  if (sources.length === 0) return;
  throw usage(
    "SOURCE",
    `${engine} reads ${READS[engine]}, and "${sources[0]}" was given`,
    "leave the source out, or leave --engine out to read files, folders and s3:// here",
  );
}

const READS: Readonly<Record<RemoteEngine, string>> = {
  athena: "the tables of athena.database in turnaway.yml",
  trino: "the tables of trino.schema in turnaway.yml",
  cloudwatch: "the log group of cloudwatch.logGroup in turnaway.yml",
};

/**
 * Options that Athena and Trino alone have, by their key and as a person writes them.
 *
 * @throws TurnawayError USAGE for the first of them that was given.
 */
export function refuseOptions(
  engine: EngineName,
  options: Options,
  flags: Readonly<Record<string, string>>,
): void {
  const given = Object.keys(flags).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw usage(
    flags[given]!,
    `${engine} does not have it`,
    "leave it out, or use --engine athena or trino",
  );
}
