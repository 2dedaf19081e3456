import { existsSync } from "node:fs";

import type { Statement } from "@turnaway/core";
import { requestedWindow } from "@turnaway/report";
import { composeQuery, findQuery, listQueries, queryName } from "@turnaway/sql";

import { chooseEngine } from "../choose-engine.ts";
import type { Context } from "../context.ts";
import { type OpenSourceInput, withLogs, withTraffic } from "../open-source.ts";
import { askedWindow } from "../asked-window.ts";
import type { Run } from "../command-spec.ts";
import { type Options, readSettings, text, usage, wholeNumber } from "../read-settings.ts";
import { reportProblems, writeRows } from "../write-rows.ts";

/** `turnaway query NAME SOURCE…`: one query of the catalogue, or `--sql` of one's own. */
export const run: Run = async ([name, sources], options, context) => {
  if (options["list"] === true) return listCatalogue(options, context);
  const settings = readSettings(options);
  chooseEngine(options);
  const window = requestedWindow(askedWindow(options, settings))?.window ?? null;
  const own = text(options, "sql");
  const specs = [
    ...(own === undefined ? [] : [name as string | undefined]),
    ...((sources as string[]) ?? []),
  ];
  const input: OpenSourceInput = {
    specs: specs.filter((spec) => spec !== undefined),
    settings,
    options,
    window,
  };
  if (own !== undefined) return answer({ name: "own", sql: own }, input, context);
  const limit = wholeNumber(options, "limit", [0, 1_000_000_000]) ?? null;
  const query = { settings: settings.sql, params: readParameters(options), window, limit };
  return answer(composeQuery(requireName(name as string | undefined), query), input, context);
};

// Queries of the rollup share the state of the reports; the others read the logs.
async function answer(
  statement: Statement,
  input: OpenSourceInput,
  context: Context,
): Promise<void> {
  const { options } = input;
  const readsRollup =
    /\b(traffic|coverage)_rollup\b/.test(statement.sql) &&
    !/\bflow_(logs|records|logs_day)\b|\bflows\b|\bvpc_\w+_traffic\b/.test(statement.sql);
  if (readsRollup) {
    return withTraffic(input, context, async ({ traffic, problems }) => {
      await writeRows(await traffic.engine.run(statement, context.signal), options, context);
      reportProblems(problems, options, context);
    });
  }
  return withLogs({ ...input, sql: statement.sql }, context, async ({ logs, problems }) => {
    await writeRows(await logs.engine.run(statement, context.signal), options, context);
    reportProblems(problems, options, context);
  });
}

function listCatalogue(options: Options, context: Context): Promise<void> {
  const rows = listQueries().map((file) => ({
    name: queryName(file),
    parameters: Object.entries(file.parameters ?? {})
      .map(([name, { default: value }]) => (value === undefined ? name : `${name}=${value}`))
      .join(" "),
    what: file.what,
  }));
  const columns = ["name", "parameters", "what"].map((name) => ({ name, type: "varchar" }));
  return writeRows({ columns, rows }, options, context);
}

function requireName(name: string | undefined): string {
  if (name === undefined) {
    throw usage("NAME", "no query was named", "see `turnaway query --list`, or give --sql TEXT");
  }
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
