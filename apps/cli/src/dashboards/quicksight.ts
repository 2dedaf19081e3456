import path from "node:path";

import { type Config, TurnawayError } from "@turnaway/core";
import { connectQuickSight, type QuickSightSession, want, type Wanted } from "@turnaway/quicksight";
import { type Options, readConfig, text, usage } from "@turnaway/runs";

import type { Context } from "../context.ts";
import { definitionErrors } from "./definition-errors.ts";
import {
  chooseDashboards,
  type Definitions,
  definitionsFolder,
  readDefinitions,
} from "./definitions-folder.ts";

/** QuickSight of the configured deployment, and its configuration. */
export interface Connected {
  readonly config: Config;
  readonly session: QuickSightSession;
}

/** Connects to where the configuration says, else to where the environment does. */
export async function connect(options: Options, context: Context): Promise<Connected> {
  const { config } = readConfig(options);
  const { account, region } = config.infrastructure;
  const { env, signal } = context;
  const session = await connectQuickSight({
    env,
    signal,
    deployment: config.name,
    region,
    account,
  });
  return { config, session };
}

/** Files of dashboards, and which of them a command is about. */
export interface AskedDefinitions {
  readonly folder: string;
  /** All that there are. */
  readonly all: Definitions;
  /** Those that were named; all where none was. */
  readonly asked: Definitions;
}

/** Reads the definitions and chooses those that the command names. */
export function askedDefinitions(options: Options, names: unknown): AskedDefinitions {
  const folder = definitionsFolder(options).path;
  const all = readDefinitions(folder);
  const chosen = chooseDashboards((names ?? []) as readonly string[], [...all.keys()]);
  return { folder, all, asked: new Map(chosen.map((name) => [name, all.get(name)!])) };
}

/**
 * What is to be live, from files in which nothing is wrong.
 *
 * @throws TurnawayError CONFIG with every mistake by file and line: nothing of them is deployed
 */
export function wantChecked(
  { folder, asked }: AskedDefinitions,
  { config, session }: Connected,
): Wanted {
  const errors = [...asked].flatMap(([name, files]) =>
    definitionErrors(files, path.relative(process.cwd(), path.join(folder, name))),
  );
  if (errors.length > 0) throw new TurnawayError("CONFIG", errors);
  return want(asked, { config, target: session.target });
}

/** Milliseconds of `--wait`. @throws TurnawayError USAGE */
export function waitMs(options: Options, otherwise: string): number {
  const given = text(options, "wait") ?? otherwise;
  const match = /^(\d{1,5})(s|m|h)$/.exec(given);
  if (match === null) throw usage("--wait", `received "${given}"`, "write such as 90s, 10m or 2h");
  return Number(match[1]) * { s: 1000, m: 60_000, h: 3_600_000 }[match[2] as "s" | "m" | "h"];
}
