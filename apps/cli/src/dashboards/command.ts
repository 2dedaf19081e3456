import type { CommandSpec } from "../command-spec.ts";
import { CONFIG, OUTPUT } from "../common-options.ts";
import { DEFINITIONS } from "./definitions-option.ts";
import { grafana } from "./grafana-command.ts";
import { LIFE_CYCLE } from "./life-cycle.ts";
import { preview, serve } from "./preview-command.ts";

const check: CommandSpec = {
  usage: "check [dashboard...]",
  summary: "Hold the files against the service's limits and the columns of the SQL, offline",
  example: "turnaway dashboards check rejects",
  options: [
    CONFIG,
    DEFINITIONS,
    { flags: "--format <format>", help: "text or json (default: text)", values: ["text", "json"] },
    ...OUTPUT,
  ],
  load: () => import("../commands/dashboards/check.ts"),
};

const diff: CommandSpec = {
  usage: "diff [dashboard...]",
  summary: "What changes in the dashboards by meaning, against another state of the files",
  example: "turnaway dashboards diff --from origin/main",
  options: [
    CONFIG,
    DEFINITIONS,
    {
      flags: "--from <place>",
      help: "state to compare with: a folder, or a commit, branch or tag of git (default: what is live)",
      path: true,
    },
    { flags: "--format <format>", help: "md or json (default: md)", values: ["md", "json"] },
    ...OUTPUT,
  ],
  load: () => import("../commands/dashboards/diff.ts"),
};

/** `turnaway dashboards` and what stands below it. */
export const dashboards: CommandSpec = {
  usage: "dashboards",
  summary: "QuickSight dashboards as files: check, compare, deploy, publish, roll back",
  example: "turnaway dashboards check",
  options: [],
  children: [check, diff, ...LIFE_CYCLE, preview, serve, grafana],
};
