import type { CommandSpec, OptionSpec } from "../command-spec.ts";
import { CONFIG, NOW, OUTPUT, ROWS_FORMAT } from "../common-options.ts";
import { DEFINITIONS } from "./definitions-option.ts";

const DRY_RUN: OptionSpec = { flags: "--dry-run", help: "only say what would be done" };
const FORCE: OptionSpec = {
  flags: "--force",
  help: "also over what somebody else changed; their version stays in the history",
};
const PAGE_FORMAT: OptionSpec = {
  flags: "--format <format>",
  help: "md or json (default: md)",
  values: ["md", "json"],
};

function wait(otherwise: string): OptionSpec {
  return {
    flags: "--wait <duration>",
    help: `how long one of them may take, such as 90s (default: ${otherwise})`,
  };
}

/** The commands that speak with QuickSight. */
export const LIFE_CYCLE: readonly CommandSpec[] = [
  {
    usage: "init",
    summary: "Look for what QuickSight lacks: edition, subscription, namespace, people, the role",
    example: "turnaway dashboards init",
    options: [CONFIG, ROWS_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/init.ts"),
  },
  {
    usage: "pull <id...>",
    summary: "Write what stands in the console as files, over those that there are",
    example: "turnaway dashboards pull rejects",
    options: [
      CONFIG,
      DEFINITIONS,
      {
        flags: "--from <asset>",
        help: "newest, dashboard or analysis (default: newest: the dashboard, unless its analysis was changed since)",
        values: ["newest", "dashboard", "analysis"],
      },
      {
        flags: "--as <name>",
        help: "folder of the dashboard (default: our name for it, else its id)",
      },
      {
        flags: "--out <folder>",
        help: "folder to write into (default: --definitions)",
        path: true,
      },
      DRY_RUN,
      ...OUTPUT,
    ],
    load: () => import("../commands/dashboards/pull.ts"),
  },
  {
    usage: "plan [dashboard...]",
    summary: "What deploy would change in QuickSight, by meaning",
    example: "turnaway dashboards plan",
    options: [CONFIG, DEFINITIONS, PAGE_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/plan.ts"),
  },
  {
    usage: "deploy [dashboard...]",
    summary: "Make live what the files say; a run that was broken off goes on",
    example: "turnaway dashboards deploy --publish",
    options: [
      CONFIG,
      DEFINITIONS,
      { flags: "--publish", help: "also publish each version once it is made" },
      FORCE,
      wait("10m"),
      DRY_RUN,
      ROWS_FORMAT,
      ...OUTPUT,
    ],
    load: () => import("../commands/dashboards/deploy.ts"),
  },
  {
    usage: "publish [dashboard...]",
    summary: "Show people the newest version, once that very version is made",
    example: "turnaway dashboards publish rejects",
    options: [CONFIG, DEFINITIONS, FORCE, wait("10m"), DRY_RUN, ROWS_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/publish.ts"),
  },
  {
    usage: "rollback <dashboard> [version]",
    summary: "Show people the version that was published before, or a given one",
    example: "turnaway dashboards rollback rejects",
    options: [CONFIG, DRY_RUN, ROWS_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/rollback.ts"),
  },
  {
    usage: "status [dashboard...]",
    summary: "How each asset stands; exit code 3 when one is not as written",
    example: "turnaway dashboards status",
    options: [CONFIG, DEFINITIONS, ROWS_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/status.ts"),
  },
  {
    usage: "history [dashboard...]",
    summary: "Every version: who deployed it, when, from which commit, and which is published",
    example: "turnaway dashboards history rejects",
    options: [CONFIG, DEFINITIONS, ROWS_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/history.ts"),
  },
  {
    usage: "drift [dashboard...]",
    summary: "Live against the repository; exit code 3 where they differ",
    example: "turnaway dashboards drift --format json",
    options: [CONFIG, DEFINITIONS, PAGE_FORMAT, ...OUTPUT],
    load: () => import("../commands/dashboards/drift.ts"),
  },
  {
    usage: "refresh [data-set...]",
    summary: "Import data sets into SPICE, and wait",
    example: "turnaway dashboards refresh rejects",
    options: [
      CONFIG,
      DEFINITIONS,
      { flags: "--full", help: "read everything again, not only the last days" },
      wait("2h"),
      DRY_RUN,
      NOW,
      ROWS_FORMAT,
      ...OUTPUT,
    ],
    load: () => import("../commands/dashboards/refresh.ts"),
  },
  {
    usage: "delete [dashboard...]",
    summary: "Delete what this deployment made in QuickSight, and nothing else",
    example: "turnaway dashboards delete --dry-run",
    options: [
      CONFIG,
      DEFINITIONS,
      DRY_RUN,
      {
        flags: "--confirm <name>",
        help: "name of the deployment: without it a terminal is asked, else nothing is deleted",
      },
      ...OUTPUT,
    ],
    load: () => import("../commands/dashboards/delete.ts"),
  },
];
