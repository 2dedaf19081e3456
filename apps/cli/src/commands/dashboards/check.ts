import path from "node:path";

import { TurnawayError } from "@turnaway/core";
import { choice } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { definitionErrors } from "../../dashboards/definition-errors.ts";
import {
  chooseDashboards,
  definitionsFolder,
  readDefinitions,
} from "../../dashboards/definitions-folder.ts";
import { print } from "../../write-output.ts";

/**
 * `turnaway dashboards check`: everything that can be known of the files without AWS.
 *
 * @throws TurnawayError CONFIG with every mistake in every dashboard, each with file and line
 */
export const run: Run = async ([asked], options) => {
  const format = choice(options, "format", ["text", "json"]) ?? "text";
  const folder = definitionsFolder(options).path;
  const definitions = readDefinitions(folder);
  const names = chooseDashboards((asked ?? []) as readonly string[], [...definitions.keys()]);
  const checked = names.map((name) => {
    const home = path.relative(process.cwd(), path.join(folder, name));
    return { name, errors: definitionErrors(definitions.get(name)!, home) };
  });
  const errors = checked.flatMap(({ errors }) => errors);
  if (format === "json") await print(`${JSON.stringify(checked, null, 2)}\n`);
  if (errors.length > 0) throw new TurnawayError("CONFIG", errors);
  if (format === "text") await print(`nothing is wrong with ${names.join(", ")}\n`);
};
