import { didYouMean, TurnawayError } from "@turnaway/core";
import {
  refresh,
  type Refreshed,
  throwFailures,
  want,
  type WantedDataSet,
} from "@turnaway/quicksight";
import { readConfig, usage } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, waitMs } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards refresh`: imports data sets into SPICE, and waits. */
export const run: Run = async ([names], options, context) => {
  const { all } = askedDefinitions(options, []);
  const wait = waitMs(options, "2h");
  const { session, config } = await connect(options, context);
  const { dataSets } = want(all, { config, target: session.target });
  const chosen = choose((names ?? []) as readonly string[], dataSets);
  if (options["dryRun"] === true) {
    return print(`would refresh ${chosen.map(({ name }) => name).join(", ") || "nothing"}\n`);
  }
  const { now } = readConfig(options);
  const how = { full: options["full"] === true, waitMs: wait, now };
  const done: Refreshed[] = [];
  const failures: TurnawayError[] = [];
  for (const dataSet of chosen) {
    try {
      context.say(`refreshing ${dataSet.name}`);
      done.push(await refresh(session, dataSet, how));
    } catch (error) {
      if (!(error instanceof TurnawayError) || error.code !== "AWS") throw error;
      failures.push(error);
    }
  }
  const rows = done.map(({ name, ingestion, type, rows, dropped }) => ({
    "data set": name,
    import: ingestion,
    type,
    rows,
    dropped,
  }));
  await writeRows({ columns: COLUMNS, rows }, options, context);
  throwFailures(failures);
};

type Imported = WantedDataSet & { readonly refresh: NonNullable<WantedDataSet["refresh"]> };

function choose(names: readonly string[], dataSets: readonly WantedDataSet[]): readonly Imported[] {
  const known = dataSets.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const fix = didYouMean(name, known) ?? `use one of ${known.join(", ")}`;
    throw usage("DATA-SET", `there is no data set "${name}"`, fix);
  }
  const asked = dataSets.filter(({ name }) => names.length === 0 || names.includes(name));
  const direct = asked.find(({ refresh }) => refresh === null);
  if (direct !== undefined && names.length > 0) {
    const why = `the data set "${direct.name}" asks Athena for each visual`;
    throw usage("DATA-SET", why, "name data sets with `mode: spice`");
  }
  return asked.filter((one): one is Imported => one.refresh !== null);
}

const COLUMNS = [
  { name: "data set", type: "varchar" },
  { name: "import", type: "varchar" },
  { name: "type", type: "varchar" },
  { name: "rows", type: "bigint" },
  { name: "dropped", type: "bigint" },
];
