import { diffDefinitions, renderDiff } from "@turnaway/dashboards";
import { choice, text } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { definitionsAt } from "../../dashboards/definitions-at.ts";
import {
  chooseDashboards,
  definitionsFolder,
  readDefinitions,
} from "../../dashboards/definitions-folder.ts";
import { liveDefinitions } from "../../dashboards/live-definitions.ts";
import { print } from "../../write-output.ts";

/** `turnaway dashboards diff`: what changes by meaning, of those dashboards where anything does. */
export const run: Run = async ([asked], options, context) => {
  const format = choice(options, "format", ["md", "json"]) ?? "md";
  const from = text(options, "from");
  const folder = definitionsFolder(options).path;
  const after = readDefinitions(folder);
  const before = await (from === undefined
    ? liveDefinitions(after, options, context)
    : definitionsAt(from, folder));
  const all = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const changed = chooseDashboards((asked ?? []) as readonly string[], all)
    .map((dashboard) => ({
      dashboard,
      changes: diffDefinitions(before.get(dashboard) ?? null, after.get(dashboard) ?? null),
    }))
    .filter(({ changes }) => changes.length > 0);
  if (format === "json") return print(`${JSON.stringify(changed, null, 2)}\n`);
  const pages = changed.map(({ dashboard, changes }) => renderDiff(dashboard, changes));
  await print(pages.length === 0 ? "Nothing changes.\n" : pages.join("\n"));
};
