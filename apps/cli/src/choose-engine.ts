import { choice, type Options, usage } from "./read-settings.ts";

const ENGINES = ["duckdb", "athena", "trino", "cloudwatch"] as const;

/** The engine that was asked for. @throws TurnawayError USAGE for those that are not there yet. */
export function chooseEngine(options: Options): "duckdb" {
  const engine = choice(options, "engine", ENGINES) ?? "duckdb";
  if (engine === "duckdb") return engine;
  throw usage(
    "--engine",
    `${engine} is not available yet`,
    "leave --engine out: DuckDB is built in and reads files, folders and s3://",
  );
}
