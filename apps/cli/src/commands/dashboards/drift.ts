import { renderDiff } from "@turnaway/dashboards";
import { type Drift, findDrift, makePlan, readLive } from "@turnaway/quicksight";
import { choice } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, wantChecked } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";

/** `turnaway dashboards drift`: live against the repository; exit code 3 where they differ. */
export const run: Run = async ([names], options, context) => {
  const format = choice(options, "format", ["md", "json"]) ?? "md";
  const definitions = askedDefinitions(options, names);
  const connected = await connect(options, context);
  const { session } = connected;
  const wanted = wantChecked(definitions, connected);
  const drift = await findDrift(
    session,
    makePlan(wanted, await readLive(session, wanted, { isThorough: true })),
  );
  await print(format === "json" ? `${JSON.stringify(drift)}\n` : describe(drift));
  if (drift.assets.length > 0) context.outcome.exitCode = 3;
};

function describe({ assets, files }: Drift): string {
  if (assets.length === 0) return "Live is as the repository says.\n";
  const lines = assets.map(({ kind, name, action, why, error }) => {
    const because = error === null ? why : `${why ?? action}, and it can't be files: ${error.why}`;
    return `- ${kind} ${name}: ${action}${because === null ? "" : ` (${because})`}`;
  });
  const diffs = assets
    .filter(({ changes }) => changes.length > 0)
    .map(({ name, changes }) => renderDiff(name, changes));
  const pulled = Object.keys(files).map((file) => `- ${file}`);
  const wouldWrite = pulled.length === 0 ? [] : ["", "A pull would write:", "", ...pulled];
  return [[...lines, ...wouldWrite, ""].join("\n"), ...diffs].join("\n");
}
