import { existsSync } from "node:fs";

import type { EngineName, Statement } from "@turnaway/core";
import { requestedWindow } from "@turnaway/report";
import {
  askedWindow,
  chooseEngine,
  type Options,
  readSettings,
  refuseSources,
  type RemoteEngine,
  type Settings,
  text,
  usage,
  wholeNumber,
} from "@turnaway/runs";
import {
  composeQuery,
  findInsights,
  findQuery,
  insightsName,
  listInsights,
  listQueries,
  queryName,
} from "@turnaway/sql";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import type { Question } from "../question.ts";
import { readsRollup } from "../reads-rollup.ts";
import type { Answer } from "../remote/ask-warehouse.ts";
import { reportProblems, writeRows } from "../write-rows.ts";

/** `turnaway query NAME SOURCE…`: one query of the catalogue, or `--sql` of one's own. */
export const run: Run = async ([name, sources], options, context) => {
  const engine = chooseEngine(options);
  if (options["list"] === true) return listCatalogue(engine, options, context);
  const settings = readSettings(options);
  const own = text(options, "sql") ?? null;
  const specs = [
    ...(own === null ? [] : [name as string | undefined]),
    ...((sources as string[]) ?? []),
  ];
  const question: Question = {
    own,
    name: own === null ? requireName(engine, name as string | undefined) : "",
    params: readParameters(options),
    limit: wholeNumber(options, "limit", [0, 1_000_000_000]) ?? null,
    options,
  };
  const given = specs.filter((spec) => spec !== undefined);
  if (engine === "duckdb") return askFiles(question, { specs: given, settings }, context);
  refuseSources(engine, given);
  const { result, problems } = await askRemote(engine, question, settings, context);
  await writeRows(result, options, context);
  reportProblems(problems, context);
};

// Queries of the rollup share the state of the reports; the others read the logs.
async function askFiles(
  question: Question,
  { specs, settings }: { specs: readonly string[]; settings: Settings },
  context: Context,
): Promise<void> {
  const { options } = question;
  const { withLogs, withTraffic } = await import("@turnaway/runs/files");
  const window = requestedWindow(askedWindow(options, settings))?.window ?? null;
  const input = { specs, settings, options, window };
  const statement: Statement =
    question.own === null
      ? composeQuery(question.name, { ...question, settings: settings.sql, window })
      : { name: "own", sql: question.own };
  if (readsRollup(statement.sql)) {
    return withTraffic(input, context, async ({ traffic, problems }) => {
      await writeRows(await traffic.engine.run(statement, context.signal), options, context);
      reportProblems(problems, context);
    });
  }
  return withLogs({ ...input, sql: statement.sql }, context, async ({ logs, problems }) => {
    await writeRows(await logs.engine.run(statement, context.signal), options, context);
    reportProblems(problems, context);
  });
}

async function askRemote(
  engine: RemoteEngine,
  question: Question,
  settings: Settings,
  context: Context,
): Promise<Answer> {
  if (engine === "cloudwatch") {
    const { askLogGroup } = await import("../remote/ask-log-group.ts");
    return askLogGroup(question, settings, context);
  }
  const { askWarehouse } = await import("../remote/ask-warehouse.ts");
  return askWarehouse(engine, question, settings, context);
}

function listCatalogue(engine: EngineName, options: Options, context: Context): Promise<void> {
  const rows =
    engine === "cloudwatch"
      ? listInsights().map((file) => ({
          name: insightsName(file),
          parameters: Object.keys(file.values ?? {}).join(" "),
          what: file.what,
        }))
      : listQueries().map((file) => ({
          name: queryName(file),
          parameters: Object.entries(file.parameters ?? {})
            .map(([name, { default: value }]) => (value === undefined ? name : `${name}=${value}`))
            .join(" "),
          what: file.what,
        }));
  const columns = ["name", "parameters", "what"].map((name) => ({ name, type: "varchar" }));
  return writeRows({ columns, rows }, options, context);
}

function requireName(engine: EngineName, name: string | undefined): string {
  if (name === undefined) {
    throw usage("NAME", "no query was named", "see `turnaway query --list`, or give --sql TEXT");
  }
  if (engine === "cloudwatch") return insightsName(findInsights(name));
  if (existsSync(name) && !listQueries().some((file) => queryName(file) === name)) {
    throw usage("NAME", `"${name}" is a file or folder`, "name the query before the source");
  }
  findQuery(name);
  return name;
}

// A parameter with a dot belongs to a detection.
function readParameters(options: Options): Record<string, string> {
  const given = (options["param"] as string[] | undefined) ?? [];
  return Object.fromEntries(
    given.map((assignment): [string, string] => {
      const at = assignment.indexOf("=");
      if (at > 0) return [assignment.slice(0, at), assignment.slice(at + 1)];
      throw usage("--param", `received "${assignment}"`, "write name=value");
    }),
  );
}
