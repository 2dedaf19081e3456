import { Command } from "commander";

import type { Context } from "./context.ts";
import { version } from "./version.ts";

/**
 * The command line: names, options and help. What a command does is loaded when it
 * runs, so that `--help` answers at once.
 */
export function createProgram(context: Context): Command {
  const program = new Command("turnaway")
    .description("Know what your VPC turned away: AWS VPC Flow Logs into a daily reject report")
    .version(version(), "-V, --version")
    .showHelpAfterError()
    .showSuggestionAfterError()
    .helpCommand(true)
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  for (const command of COMMANDS) addCommand(program, command, context);
  return program;
}

interface CommandSpec {
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly options: readonly OptionSpec[];
  readonly load: () => Promise<{ run: Run }>;
  readonly children?: readonly CommandSpec[];
}

type OptionSpec = readonly [flags: string, help: string, repeat?: "repeat"];

/** What a command module exports: positional arguments, parsed options, context. */
export type Run = (
  args: readonly (string | readonly string[] | undefined)[],
  options: Readonly<Record<string, unknown>>,
  context: Context,
) => Promise<void>;

const EXAMPLES = `
Examples:
  turnaway demo                                 two minutes, no AWS
  turnaway report ./flow-logs                   the reject report of the last complete day
  turnaway trace 10.0.3.7 ./flow-logs           everything about one address
  turnaway query top-rejected ./flow-logs       one query of the catalogue
`;

const CONFIG: OptionSpec = ["--config <file>", "turnaway.yml to use (default: the nearest one, walking up)"];
const FIELDS: OptionSpec = ["--fields <names>", "log format of files without a header, field names in order"];
const WINDOW: readonly OptionSpec[] = [
  ["--date <day>", "day to report on, YYYY-MM-DD (default: the last complete day)"],
  ["--since <time>", "start of the window: ISO 8601, or 24h, 7d"],
  ["--until <time>", "end of the window, not included: ISO 8601, or 24h, 7d"],
  ["--timezone <zone>", "zone whose days are meant (default: UTC)"],
  ["--now <time>", "what time it is, for repeatable runs (default: the clock)"],
];
const OUTPUT: readonly OptionSpec[] = [
  ["--quiet", "no progress on standard error"],
  ["--no-color", "no colour"],
];
const ENGINE: OptionSpec = ["--engine <name>", "duckdb (athena, trino and cloudwatch follow)"];
const STATE: OptionSpec = ["--state <path>", "file that keeps the rollup between runs (default: beside the config)"];
const PARAM: OptionSpec = ["--param <name=value>", "parameter of the query or of a detection (detection.name=value)", "repeat"];

const COMMANDS: readonly CommandSpec[] = [
  {
    usage: "report [source...]",
    summary: "The reject report of one day, or of a window",
    example: "turnaway report ./flow-logs --date 2026-11-19 --out ./report",
    options: [
      CONFIG,
      ENGINE,
      ...WINDOW,
      ["--format <format>", "text, md, html, json or csv (default: text)"],
      ["--out <path>", "a folder for report.md, .html, .json and findings.csv, or a file"],
      ["--name <name>", "name of the report (default: from the configuration)"],
      ["--fail-on <severity>", "exit 1 when an open finding is at least this severe"],
      FIELDS,
      STATE,
      PARAM,
      ...OUTPUT,
    ],
    load: () => import("./commands/report.ts"),
  },
  {
    usage: "query [name] [source...]",
    summary: "One query of the catalogue, or your own",
    example: "turnaway query top-rejected ./flow-logs --limit 20 --format csv",
    options: [
      ["--list", "list the catalogue"],
      ["--sql <text>", "run your own SQL over flow_logs, flows, traffic_rollup and the views"],
      CONFIG,
      ENGINE,
      ...WINDOW,
      ["--format <format>", "table, json, ndjson or csv (default: table)"],
      ["--out <path>", "write the answer to a file"],
      ["--limit <rows>", "rows at most"],
      PARAM,
      FIELDS,
      STATE,
      ...OUTPUT,
    ],
    load: () => import("./commands/query.ts"),
  },
  {
    usage: "trace <subject> [source...]",
    summary: "Everything about an address, CIDR, IP:PORT or IP->IP:PORT",
    example: "turnaway trace '10.0.3.7->10.0.9.20:5432' ./flow-logs",
    options: [
      CONFIG,
      ENGINE,
      ...WINDOW,
      ["--format <format>", "table, json, ndjson or csv (default: table)"],
      ["--out <path>", "write the answer to a file"],
      ["--limit <rows>", "conversations at most"],
      FIELDS,
      ...OUTPUT,
    ],
    load: () => import("./commands/trace.ts"),
  },
  {
    usage: "sql",
    summary: "The text of every view, rollup, query and detection",
    example: "turnaway sql show newly-rejected --dialect athena",
    options: [],
    load: () => import("./commands/sql.ts"),
    children: [
      {
        usage: "list",
        summary: "List every file, with what it answers",
        example: "turnaway sql list",
        options: [["--format <format>", "table, json, ndjson or csv (default: table)"]],
        load: async () => ({ run: (await import("./commands/sql.ts")).list }),
      },
      {
        usage: "show <name>",
        summary: "Print the text of one",
        example: "turnaway sql show traffic-rollup --dialect trino",
        options: [["--dialect <name>", "athena, trino, duckdb or insights (default: athena)"], CONFIG],
        load: async () => ({ run: (await import("./commands/sql.ts")).show }),
      },
    ],
  },
  {
    usage: "rollup",
    summary: "The aggregate that reports read",
    example: "turnaway rollup status --state ./state.duckdb",
    options: [],
    load: () => import("./commands/rollup.ts"),
    children: [
      {
        usage: "build [source...]",
        summary: "Build or rebuild days",
        example: "turnaway rollup build ./flow-logs --state ./state.duckdb",
        options: [CONFIG, ENGINE, ["--days <range>", "YYYY-MM-DD, or FIRST..LAST"], FIELDS, STATE, ...OUTPUT],
        load: async () => ({ run: (await import("./commands/rollup.ts")).build }),
      },
      {
        usage: "status [source...]",
        summary: "Which days are built, and which are missing",
        example: "turnaway rollup status --state ./state.duckdb",
        options: [CONFIG, ENGINE, STATE, ["--format <format>", "table, json, ndjson or csv (default: table)"], ...OUTPUT],
        load: async () => ({ run: (await import("./commands/rollup.ts")).status }),
      },
    ],
  },
  {
    usage: "simulate",
    summary: "Write seeded flow logs with labelled incidents",
    example: "turnaway simulate --out ./simulated --days 8 --seed 7",
    options: [
      ["--out <folder>", "folder to write to (required)"],
      ["--seed <number>", "seed (default: 1)"],
      ["--days <count>", "days (default: 8)"],
      ["--start <day>", "first day, YYYY-MM-DD (default: so that the last is yesterday)"],
      ["--records <count>", "records a day, about (default: 100000)"],
      ["--fields <names>", "default, rich, or field names (default: default)"],
      ["--layout <layout>", "default, hourly or hive (default: default)"],
      ["--file-format <format>", "text or parquet (default: text)"],
      ["--incidents <kinds>", "all, none, or kinds separated by commas (default: all)"],
      ["--now <time>", "what time it is, for repeatable runs (default: the clock)"],
      ...OUTPUT,
    ],
    load: () => import("./commands/simulate.ts"),
  },
  {
    usage: "doctor [source...]",
    summary: "Look for what will fail",
    example: "turnaway doctor ./flow-logs",
    options: [CONFIG, ENGINE, FIELDS, STATE, ["--now <time>", "what time it is"], ["--format <format>", "table, json, ndjson or csv (default: table)"], ...OUTPUT],
    load: () => import("./commands/doctor.ts"),
  },
  {
    usage: "demo",
    summary: "Simulate, report, open files: the two-minute tour, no AWS",
    example: "turnaway demo --out ./turnaway-demo",
    options: [
      ["--out <folder>", "folder to write to (default: turnaway-demo)"],
      ["--seed <number>", "seed of the simulated VPC (default: 7)"],
      ["--now <time>", "what time it is, for repeatable runs (default: the clock)"],
      ...OUTPUT,
    ],
    load: () => import("./commands/demo.ts"),
  },
  {
    usage: "completion <shell>",
    summary: "Completion script for bash, zsh or fish",
    example: "turnaway completion bash > ~/.local/share/bash-completion/completions/turnaway",
    options: [],
    load: () => import("./commands/completion.ts"),
  },
];

function addCommand(parent: Command, spec: CommandSpec, context: Context): void {
  const [name, ...args] = spec.usage.split(" ");
  const command = parent
    .command(name!)
    .summary(spec.summary)
    .description(spec.summary)
    .addHelpText("after", `\nExample:\n  ${spec.example}\n`)
    .exitOverride();
  if (args.length > 0) command.arguments(args.join(" "));
  for (const [flags, help, repeat] of spec.options) {
    if (repeat === undefined) command.option(flags, help);
    else command.option(flags, help, (value: string, all: string[] = []) => [...all, value]);
  }
  for (const child of spec.children ?? []) addCommand(command, child, context);
  if (spec.children !== undefined) return;
  command.action(async (...all: unknown[]) => {
    const { run } = await spec.load();
    const given = all.slice(0, -2) as (string | string[] | undefined)[];
    await run(given, command.opts(), context);
  });
}
