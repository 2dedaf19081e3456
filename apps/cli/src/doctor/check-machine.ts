import { statfsSync } from "node:fs";

import { checkMutes, dayOf, TurnawayError } from "@turnaway/core";
import { type Check, fail, failed, ok, warn } from "@turnaway/core/checks";
import { fastTempRoot, listBuilds } from "@turnaway/engines/duckdb";
import { type Options, readSettings, type Settings } from "@turnaway/runs";
import { statePath } from "@turnaway/runs/files";

import type { Context } from "../context.ts";

/** Node, the configuration and the mutes; settings when they can be read. */
export function checkConfig(options: Options): { checks: Check[]; settings: Settings | null } {
  const node = checkNode(process.versions.node);
  try {
    const settings = readSettings(options);
    return { checks: [node, ...describeConfig(settings)], settings };
  } catch (error) {
    return { checks: [node, ...failed("CONFIG", error)], settings: null };
  }
}

function checkNode(version: string): Check {
  if (Number.parseInt(version, 10) >= 24) return ok("NODE", `Node ${version}`);
  return fail("NODE", `Node ${version} is too old`, "install Node 24 or later");
}

function describeConfig(settings: Settings): Check[] {
  const { config, configDir, mutes, warnings, now } = settings;
  const file =
    configDir === null
      ? ok("CONFIG", "no turnaway.yml from here upwards: defaults are used")
      : ok("CONFIG", `turnaway.yml in ${configDir}, named ${config.name}`);
  return [
    file,
    ...warnings.map((warning) => warn("CONFIG", warning)),
    ...checkMutes(mutes, dayOf(now, config.report.timezone)),
  ];
}

/** The state file: whether it is there, ours and free. */
export async function checkState(
  settings: Settings,
  options: Options,
  { signal }: Context,
): Promise<Check[]> {
  const path = statePath(settings, options);
  if (path === null) return [ok("STATE", "none: history comes from the logs themselves")];
  try {
    const { builds, bytes } = await listBuilds({ path, waitMs: 0, signal });
    return [ok("STATE", `${path}: ${builds.length} days, ${(bytes / 1e6).toFixed(1)} MB`)];
  } catch (error) {
    if (!(error instanceof TurnawayError)) throw error;
    if (error.code === "SOURCE_NOT_FOUND") return [ok("STATE", `${path}: not there yet`)];
    if (error.code === "STATE_BUSY")
      return [warn("STATE", `${path}: another run holds it`, "wait for it to end")];
    return failed("STATE", error);
  }
}

const COMFORTABLE_BYTES = 1_200_000_000;
const LEAST_BYTES = 200_000_000;

/** Room for the plain text of a batch. */
export function checkTemp(): Check {
  const root = fastTempRoot();
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  const what = `${root}: ${(free / 1e9).toFixed(1)} GB free`;
  if (free >= COMFORTABLE_BYTES) return ok("TEMP", what);
  const fix = "point TMPDIR to a larger disk";
  return free >= LEAST_BYTES ? warn("TEMP", what, fix) : fail("TEMP", what, fix);
}
