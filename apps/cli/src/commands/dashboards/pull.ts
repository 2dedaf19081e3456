import path from "node:path";

import { renderDiff } from "@turnaway/dashboards";
import { pull } from "@turnaway/quicksight";
import { choice, text, usage } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import {
  definitionsFolder,
  readDefinitions,
  writeDashboard,
} from "../../dashboards/definitions-folder.ts";
import { connect } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";

/** `turnaway dashboards pull`: what stands in the console, as files. */
export const run: Run = async ([ids], options, context) => {
  const from = choice(options, "from", ["newest", "dashboard", "analysis"]) ?? "newest";
  const folder = definitionsFolder(options).path;
  const out = path.resolve(text(options, "out") ?? folder);
  const definitions = readDefinitions(folder);
  const as = folderName(text(options, "as"), (ids as readonly string[]).length);
  const { session } = await connect(options, context);
  for (const id of ids as readonly string[]) {
    const pulled = await pull(session, id, { definitions, from, as });
    const what =
      pulled.version === null ? pulled.from : `${pulled.from}, version ${pulled.version}`;
    context.say(`${pulled.id}: ${what}`);
    await print(renderDiff(pulled.name, pulled.changes));
    if (options["dryRun"] === true) continue;
    const written = writeDashboard(out, pulled.name, pulled.files);
    for (const file of written) context.say(`wrote ${path.join(out, pulled.name, file)}`);
    if (written.length === 0) context.say(`${pulled.name}: no file changed`);
  }
};

function folderName(given: string | undefined, count: number): string | undefined {
  if (given === undefined) return undefined;
  if (count > 1) throw usage("--as", `it names one dashboard, and ${count} are pulled`, "pull one");
  if (/^[a-z0-9][\w-]{0,99}$/i.test(given)) return given;
  throw usage("--as", `received "${given}"`, "use letters, digits and hyphens");
}
