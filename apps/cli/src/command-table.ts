import type { CommandSpec, OptionSpec } from "./command-spec.ts";
import { dashboards } from "./dashboards/command.ts";
import { deploy } from "./deploy/command.ts";
import {
  CONFIG,
  ENGINE,
  FIELDS,
  NOW,
  OUTPUT,
  PARAM,
  ROWS_FORMAT,
  STATE,
  WAREHOUSE,
  WINDOW,
} from "./common-options.ts";

const ROWS_OUT: OptionSpec = {
  flags: "--out <path>",
  help: "write the answer to a file",
  path: true,
};

// The words of options stand here a second time: importing those who define them would
// cost `--help` a third of a second. A test compares the two.

const report: CommandSpec = {
  usage: "report [source...]",
  summary: "The reject report of one day, or of a window",
  example: "turnaway report ./flow-logs --date 2026-11-19 --out ./report",
  options: [
    CONFIG,
    ENGINE,
    ...WINDOW,
    {
      flags: "--format <format>",
      help: "text, md, html, json or csv (default: text)",
      values: ["text", "md", "html", "json", "csv"],
    },
    {
      flags: "--out <path>",
      help: "a folder for report.md, .html, .json and findings.csv, or a file",
      path: true,
    },
    { flags: "--name <name>", help: "name of the report (default: from the configuration)" },
    {
      flags: "--fail-on <severity>",
      help: "exit 1 when an open finding is at least this severe",
      values: ["critical", "high", "medium", "low", "info"],
    },
    { flags: "--limit <findings>", help: "findings at most; the others are counted" },
    FIELDS,
    STATE,
    PARAM,
    ...OUTPUT,
  ],
  load: () => import("./commands/report.ts"),
};

const query: CommandSpec = {
  usage: "query [name] [source...]",
  summary: "One query of the catalogue, or your own",
  example: "turnaway query top-rejected ./flow-logs --limit 20 --format csv",
  options: [
    { flags: "--list", help: "list the catalogue" },
    {
      flags: "--sql <text>",
      help: "run your own SQL over flow_logs, traffic_rollup and the views; on cloudwatch, text for Logs Insights",
    },
    CONFIG,
    ENGINE,
    ...WINDOW,
    ROWS_FORMAT,
    ROWS_OUT,
    { flags: "--limit <rows>", help: "rows at most" },
    PARAM,
    FIELDS,
    STATE,
    ...OUTPUT,
  ],
  load: () => import("./commands/query.ts"),
};

const trace: CommandSpec = {
  usage: "trace <subject> [source...]",
  summary: "Everything about an address, CIDR, IP:PORT or IP->IP:PORT",
  example: "turnaway trace '10.0.3.7->10.0.9.20:5432' ./flow-logs",
  options: [
    CONFIG,
    ENGINE,
    ...WINDOW,
    ROWS_FORMAT,
    ROWS_OUT,
    { flags: "--limit <rows>", help: "conversations at most" },
    FIELDS,
    { ...STATE, help: "accepted as everywhere; a trace reads the logs themselves" },
    ...OUTPUT,
  ],
  load: () => import("./commands/trace.ts"),
};

const DIALECT: OptionSpec = {
  flags: "--dialect <name>",
  help: "athena, trino, duckdb or insights (default: athena)",
  values: ["athena", "trino", "duckdb", "insights"],
};

const sql: CommandSpec = {
  usage: "sql",
  summary: "The text of every view, rollup, query and detection",
  example: "turnaway sql show newly-rejected --dialect athena",
  options: [],
  children: [
    {
      usage: "list",
      summary: "List every file, with what it answers",
      example: "turnaway sql list",
      options: [DIALECT, ROWS_FORMAT, ...OUTPUT],
      load: async () => ({ run: (await import("./commands/sql.ts")).list }),
    },
    {
      usage: "show <name>",
      summary: "Print the text of one",
      example: "turnaway sql show traffic-rollup --dialect trino",
      options: [DIALECT, CONFIG],
      load: async () => ({ run: (await import("./commands/sql.ts")).show }),
    },
  ],
};

const rollup: CommandSpec = {
  usage: "rollup",
  summary: "The aggregate that reports read",
  example: "turnaway rollup status --state ./state.duckdb",
  options: [],
  children: [
    {
      usage: "build [source...]",
      summary: "Build days, or build them again",
      example: "turnaway rollup build ./flow-logs --state ./state.duckdb",
      options: [
        CONFIG,
        ENGINE,
        {
          flags: "--days <range>",
          help: "UTC days: YYYY-MM-DD, or FIRST..LAST; duckdb builds them again even when no file changed (default: every day that changed)",
        },
        { flags: "--rebuild", help: "athena, trino: build days again that are up to date" },
        {
          flags: "--parallel <days>",
          help: "athena, trino: days side by side, 1 to 16 (default: 2)",
        },
        {
          flags: "--dry-run",
          help: "athena, trino: show the days, the bytes and the cost, and build nothing",
        },
        ROWS_FORMAT,
        NOW,
        FIELDS,
        STATE,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("./commands/rollup.ts")).build }),
    },
    {
      usage: "status [source...]",
      summary: "Which days are built, and which are missing",
      example: "turnaway rollup status --state ./state.duckdb",
      options: [
        CONFIG,
        ENGINE,
        {
          flags: "--days <range>",
          help: "athena, trino: YYYY-MM-DD, or FIRST..LAST (default: those that a report of today needs)",
        },
        NOW,
        STATE,
        ROWS_FORMAT,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("./commands/rollup.ts")).status }),
    },
    {
      usage: "maintain",
      summary: "Keep the tables at scale small: put files together, delete what nobody can read",
      example: "turnaway rollup maintain --engine athena",
      options: [
        CONFIG,
        WAREHOUSE,
        {
          flags: "--days <range>",
          help: "UTC days whose files are put together (default: those of a report)",
        },
        NOW,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("./commands/rollup.ts")).maintain }),
    },
  ],
};

const views: CommandSpec = {
  usage: "views",
  summary: "The SQL views on Athena or Trino",
  example: "turnaway views plan",
  options: [],
  children: [
    {
      usage: "plan",
      summary: "Compare the views with what is live, and change nothing",
      example: "turnaway views plan --engine trino",
      options: [CONFIG, WAREHOUSE, ROWS_FORMAT, ...OUTPUT],
      load: async () => ({ run: (await import("./commands/views.ts")).plan }),
    },
    {
      usage: "deploy",
      summary: "Make and replace the views that differ, in the order in which they read each other",
      example: "turnaway views deploy --engine trino",
      options: [
        CONFIG,
        WAREHOUSE,
        { flags: "--dry-run", help: "show what would be done, and do nothing" },
        ROWS_FORMAT,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("./commands/views.ts")).deploy }),
    },
    {
      usage: "status",
      summary: "How each view stands; exit code 3 when one is not as it should be",
      example: "turnaway views status --format json",
      options: [CONFIG, WAREHOUSE, ROWS_FORMAT, ...OUTPUT],
      load: async () => ({ run: (await import("./commands/views.ts")).status }),
    },
  ],
};

const simulate: CommandSpec = {
  usage: "simulate",
  summary: "Write seeded flow logs with labelled incidents",
  example: "turnaway simulate --out ./simulated --days 8 --seed 7",
  options: [
    { flags: "--out <folder>", help: "folder to write to (required)", path: true },
    { flags: "--seed <number>", help: "seed (default: 1)" },
    { flags: "--days <count>", help: "days (default: 8)" },
    {
      flags: "--start <day>",
      help: "first day, YYYY-MM-DD (default: so that the last is yesterday)",
    },
    { flags: "--records <count>", help: "records a day, about (default: 100000)" },
    { flags: "--fields <names>", help: "default, rich, or field names (default: default)" },
    {
      flags: "--layout <layout>",
      help: "default, hourly, hive or hive-hourly (default: default)",
      values: ["default", "hourly", "hive", "hive-hourly"],
    },
    {
      flags: "--file-format <format>",
      help: "text or parquet (default: text)",
      values: ["text", "parquet"],
    },
    {
      flags: "--incidents <kinds>",
      help: "all, none, or kinds separated by commas (default: all)",
    },
    NOW,
    ...OUTPUT,
  ],
  load: () => import("./commands/simulate.ts"),
};

const doctor: CommandSpec = {
  usage: "doctor [source...]",
  summary: "Look for what will fail",
  example: "turnaway doctor ./flow-logs",
  options: [CONFIG, ENGINE, FIELDS, STATE, NOW, ROWS_FORMAT, ...OUTPUT],
  load: () => import("./commands/doctor.ts"),
};

const demo: CommandSpec = {
  usage: "demo",
  summary: "Simulate, report, open files: the two-minute tour, no AWS",
  example: "turnaway demo --out ./turnaway-demo",
  options: [
    { flags: "--out <folder>", help: "folder to write to (default: turnaway-demo)", path: true },
    { flags: "--seed <number>", help: "seed of the simulated VPC (default: 3)" },
    NOW,
    ...OUTPUT,
  ],
  load: () => import("./commands/demo.ts"),
};

const completion: CommandSpec = {
  usage: "completion <shell>",
  summary: "Completion script for bash, zsh or fish",
  example: 'eval "$(turnaway completion bash)"',
  options: [],
  words: ["bash", "zsh", "fish"],
  load: () => import("./commands/completion.ts"),
};

/** The commands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  report,
  query,
  trace,
  sql,
  views,
  dashboards,
  deploy,
  rollup,
  simulate,
  doctor,
  demo,
  completion,
];
