import { findDashboards, historyOf } from "@turnaway/quicksight";
import { text } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards history`: every version, with who deployed it from what. */
export const run: Run = async ([names], options, context) => {
  const { asked } = askedDefinitions(options, names);
  const { session } = await connect(options, context);
  const isTable = (text(options, "format") ?? "table") === "table";
  const rows = (await findDashboards(session, [...asked.keys()]))
    .flatMap((found) => [...historyOf(found)])
    .map(({ commit, description, ...entry }) => ({
      ...entry,
      commit: isTable ? (commit?.slice(0, 12) ?? null) : commit,
      ...(isTable ? {} : { description }),
    }));
  const columns = [...COLUMNS, ...(isTable ? [] : ["description"])];
  const typed = columns.map((name) => ({ name, type: TYPES[name] ?? "varchar" }));
  await writeRows({ columns: typed, rows }, options, context);
};

const COLUMNS = ["dashboard", "version", "status", "published", "when", "who", "commit", "package"];
const TYPES: Readonly<Record<string, string>> = { version: "bigint", published: "boolean" };
