import { createInterface } from "node:readline/promises";

import { didYouMean } from "@turnaway/core";
import {
  planRemoval,
  type QuickSightSession,
  type Removal,
  remove,
  want,
  type Wanted,
} from "@turnaway/quicksight";
import { text, usage } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import type { Context } from "../../context.ts";
import { askedDefinitions, connect } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";

/** `turnaway dashboards delete`: what this deployment made in QuickSight, and nothing else. */
export const run: Run = async ([names], options, context) => {
  const asked = (names ?? []) as readonly string[];
  const { all } = askedDefinitions(options, []);
  const { session, config } = await connect(options, context);
  const wanted = want(all, { config, target: session.target });
  const removal = await planRemoval(session, asked, wanted);
  await refuseUnknown(asked, removal, { session, wanted });
  await print(describe(removal));
  if (options["dryRun"] === true || removal.goes.length === 0) return;
  const confirm = text(options, "confirm") ?? (await askName(removal, context));
  await remove(session, removal, { confirm, say: context.say });
  await print(`deleted ${removal.goes.length} assets\n`);
};

// A name in no file and not live is a mistake, and "nothing is there" would hide it.
async function refuseUnknown(
  asked: readonly string[],
  removal: Removal,
  { session, wanted }: { readonly session: QuickSightSession; readonly wanted: Wanted },
): Promise<void> {
  const files = wanted.dashboards.map(({ name }) => name);
  const known = new Set([...files, ...liveNames(removal, session)]);
  const unknown = asked.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const live = liveNames(await planRemoval(session, [], wanted), session);
  const names = [...new Set([...files, ...live])].toSorted();
  const fix = didYouMean(unknown, names) ?? `use some of ${names.join(", ")}`;
  throw usage("DASHBOARD", `there is no dashboard "${unknown}", in files or live`, fix);
}

// An analysis may be all that is left of a dashboard; and a copy that was kept has its own name.
function liveNames(
  { goes, stays }: Removal,
  { target }: Pick<QuickSightSession, "target">,
): string[] {
  return [...goes, ...stays]
    .filter(({ kind, id }) => NAMED.has(kind) || /-kept-[0-9a-f]{8}$/.test(id))
    .map(({ id }) => id.slice(target.prefix.length));
}

const NAMED: ReadonlySet<string> = new Set(["dashboard", "analysis"]);

/** What somebody types on a terminal; null where nobody can be asked. */
async function askName({ deployment }: Removal, { signal }: Context): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `Type ${deployment} to delete all of this: `;
    return (await questions.question(question, { signal })).trim();
  } finally {
    questions.close();
  }
}

function describe({ deployment, goes, stays }: Removal): string {
  const lines = [
    goes.length + stays.length === 0 ? `nothing of ${deployment} is there` : `Of ${deployment}:`,
    ...goes.map(({ kind, id }) => `  goes   ${kind} ${id}`),
    ...stays.map(({ kind, id, why }) => `  stays  ${kind} ${id}: ${why}`),
  ];
  return `${lines.join("\n")}\n`;
}
