import type { OptionSpec } from "./command-spec.ts";

/** Options that several commands have; they mean the same everywhere. */

export const CONFIG: OptionSpec = {
  flags: "--config <file>",
  help: "turnaway.yml to use (default: the nearest one, walking up)",
  path: true,
};

export const FIELDS: OptionSpec = {
  flags: "--fields <names>",
  help: "log format of files without a header, or of the tables and the log group: field names in order",
};

export const NOW: OptionSpec = {
  flags: "--now <time>",
  help: "what time it is, for repeatable runs (default: the clock)",
};

export const WINDOW: readonly OptionSpec[] = [
  { flags: "--date <day>", help: "day to report on, YYYY-MM-DD (default: the last complete day)" },
  { flags: "--since <time>", help: "start of the window: ISO 8601, or 24h, 7d" },
  { flags: "--until <time>", help: "end of the window, not included: ISO 8601, or 24h, 7d" },
  { flags: "--timezone <zone>", help: "zone whose days are meant (default: UTC)" },
  NOW,
];

export const OUTPUT: readonly OptionSpec[] = [
  { flags: "--quiet", help: "no progress on standard error" },
  { flags: "--no-color", help: "no colour" },
];

export const ENGINE: OptionSpec = {
  flags: "--engine <name>",
  help: "duckdb, athena, trino or cloudwatch (default: duckdb); the others read what turnaway.yml names, and no SOURCE",
  values: ["duckdb", "athena", "trino", "cloudwatch"],
};

export const WAREHOUSE: OptionSpec = {
  flags: "--engine <name>",
  help: "athena or trino (default: athena)",
  values: ["athena", "trino"],
};

export const STATE: OptionSpec = {
  flags: "--state <path>",
  help: "file that keeps the rollup of duckdb between runs (default: beside the config)",
  path: true,
};

export const PARAM: OptionSpec = {
  flags: "--param <name=value>",
  help: "parameter of the query or of a detection (detection.name=value)",
  repeat: true,
};

export const ROWS_FORMAT: OptionSpec = {
  flags: "--format <format>",
  help: "table, json, ndjson or csv (default: table)",
  values: ["table", "json", "ndjson", "csv"],
};
