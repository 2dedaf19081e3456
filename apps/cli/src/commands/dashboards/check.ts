import path from "node:path";

import { TurnawayError } from "@turnaway/core";
import { choice, readConfig } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { dataSetErrors } from "../../dashboards/data-set-errors.ts";
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
  const right = new Map(
    checked.flatMap(({ name, errors }) =>
      errors.length === 0 ? [[name, definitions.get(name)!] as const] : [],
    ),
  );
  const { config } = readConfig(options);
  const errors = [
    ...checked.flatMap(({ errors }) => errors),
    ...dataSetErrors(right, { config, folder }),
  ];
  if (format === "json") await print(`${JSON.stringify({ checked: names, errors }, null, 2)}\n`);
  if (errors.length > 0) throw new TurnawayError("CONFIG", errors);
  if (format === "text") await print(`nothing is wrong with ${names.join(", ")}\n`);
};
