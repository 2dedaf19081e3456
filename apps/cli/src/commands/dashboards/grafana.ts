import path from "node:path";

import { TurnawayError } from "@turnaway/core";
import { expand, grafanaDashboard } from "@turnaway/dashboards";
import { text, usage, writeFile } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { definitionErrors } from "../../dashboards/definition-errors.ts";
import {
  chooseDashboards,
  definitionsFolder,
  readDefinitions,
} from "../../dashboards/definitions-folder.ts";
import { print } from "../../write-output.ts";

/**
 * `turnaway dashboards grafana`: what the files say, for people without QuickSight. It asks
 * nobody and deploys nothing.
 *
 * @throws TurnawayError CONFIG for definitions that are wrong; USAGE where several dashboards
 * would go to standard output; OUTPUT
 */
export const run: Run = async ([asked], options, context) => {
  const folder = definitionsFolder(options).path;
  const definitions = readDefinitions(folder);
  const names = chooseDashboards((asked ?? []) as readonly string[], [...definitions.keys()]);
  const out = text(options, "out");
  if (out === undefined && names.length > 1) {
    const fix = `name one of ${names.join(", ")}, or a folder with --out`;
    throw usage("--out", "several dashboards are no one document", fix);
  }
  const errors = names.flatMap((name) =>
    definitionErrors(definitions.get(name)!, path.relative(process.cwd(), path.join(folder, name))),
  );
  if (errors.length > 0) throw new TurnawayError("CONFIG", errors);
  for (const name of names) {
    const dashboard = grafanaDashboard(name, expand(definitions.get(name)!, NOWHERE));
    const json = `${JSON.stringify(dashboard, null, 2)}\n`;
    if (out === undefined) await print(json);
    else {
      const file = path.join(out, `${name}.json`);
      writeFile(file, json);
      context.say(`wrote ${file}`);
    }
  }
};

// Nothing that Grafana reads says where QuickSight would have it.
const NOWHERE = { partition: "aws", region: "us-east-1", account: "000000000000", prefix: "" };
