import path from "node:path";

import { checkMutes, dayOf } from "@turnaway/core";
import { type Check, warn } from "@turnaway/core/checks";
import { formatDetail, TurnawayError } from "@turnaway/core/errors";
import { readSettings, type Settings } from "@turnaway/runs";

import type { Entrance } from "../enter.ts";
import type { Inputs } from "../inputs.ts";
import type { Place, Toolkit } from "../toolkit.ts";

/** Reads turnaway.yml and its mutes; what is wrong stands at its line, and fails the job. */
export function checkFiles(
  { options }: Inputs,
  { entrance, toolkit }: { entrance: Entrance; toolkit: Toolkit },
): number {
  const top = path.resolve(entrance.env["GITHUB_WORKSPACE"] || ".");
  const found = examine(() => readSettings(options), top);
  for (const { level, text, at } of found) {
    entrance.print(`${level}: ${text}`);
    if (level !== "ok") toolkit.annotate(level, TITLES[level], text, at);
  }
  const counted = (level: Found["level"]): number =>
    found.filter((each) => each.level === level).length;
  toolkit.setOutput("errors", counted("error"));
  toolkit.setOutput("warnings", counted("warning"));
  return counted("error") > 0 ? 2 : 0;
}

const TITLES = { error: "It can't be read", warning: "Somebody should look" } as const;

interface Found {
  readonly level: "ok" | "warning" | "error";
  readonly text: string;
  readonly at?: Place;
}

function examine(read: () => Settings, top: string): Found[] {
  try {
    return settled(read(), top);
  } catch (error) {
    if (!(error instanceof TurnawayError && error.code === "CONFIG")) throw error;
    return error.details.map((detail) => ({
      level: "error",
      text: formatDetail(detail),
      ...placed(detail.where, top),
    }));
  }
}

function settled({ config, configDir, mutes, now, warnings }: Settings, top: string): Found[] {
  if (configDir === null) {
    return [{ level: "ok", text: "no turnaway.yml: the defaults hold, and nothing is muted" }];
  }
  const at = (file: string): { at: Place } => ({
    at: { file: path.relative(top, path.resolve(configDir, file)) },
  });
  const found = ({ status, what, fix }: Check, file: string): Found => ({
    level: status === "ok" ? "ok" : "warning",
    text: fix === null ? what : `${what}: ${fix}`,
    ...at(file),
  });
  const checked = checkMutes(mutes, dayOf(now, config.report.timezone));
  return [
    ...warnings.map((warning) => found(warn("CONFIG", warning), "turnaway.yml")),
    ...checked.map((check) => found({ ...check, what: `mutes: ${check.what}` }, config.mutes)),
  ];
}

// `/work/network/mutes.yml:12`, as GitHub names files and lines.
function placed(where: string | undefined, top: string): { at?: Place } {
  const [, file, line] = /^(.+?)(?::(\d+))?$/.exec(where ?? "") ?? [];
  if (file === undefined) return {};
  return {
    at: { file: path.relative(top, file), ...(line === undefined ? {} : { line: Number(line) }) },
  };
}
