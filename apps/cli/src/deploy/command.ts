import type { CommandSpec, OptionSpec } from "../command-spec.ts";
import { CONFIG, OUTPUT, ROWS_FORMAT } from "../common-options.ts";

const PLAN_FORMAT: OptionSpec = {
  flags: "--format <format>",
  help: "md or json (default: md)",
  values: ["md", "json"],
};

/** `turnaway deploy` and what stands below it. */
export const deploy: CommandSpec = {
  usage: "deploy",
  summary: "The infrastructure in AWS, its views and its rollup",
  example: "turnaway deploy plan",
  options: [],
  children: [
    {
      usage: "plan",
      summary: "What apply would change, what it costs a month, and what stands in its way",
      example: "turnaway deploy plan --offline",
      options: [
        CONFIG,
        { flags: "--offline", help: "look at nothing in AWS: everything counts as new" },
        PLAN_FORMAT,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("../commands/deploy.ts")).plan }),
    },
    {
      usage: "apply",
      summary: "Deploy the stacks that differ, then the tables of the rollup and the views",
      example: "turnaway deploy apply",
      options: [
        CONFIG,
        { flags: "--allow-destroy", help: "also destroy, and make anew what can't be changed" },
        { flags: "--allow-replace-data", help: "the same of what holds data" },
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("../commands/deploy.ts")).apply }),
    },
    {
      usage: "status",
      summary: "What is live; exit code 3 when something is not as it should be",
      example: "turnaway deploy status --format json",
      options: [
        CONFIG,
        { flags: "--drift", help: "also look for what somebody changed by hand; takes minutes" },
        ROWS_FORMAT,
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("../commands/deploy.ts")).status }),
    },
    {
      usage: "destroy",
      summary: "Delete all stacks but the one that holds the logs",
      example: "turnaway deploy destroy --dry-run",
      options: [
        CONFIG,
        { flags: "--dry-run", help: "list what would go and what would stay, and do nothing" },
        {
          flags: "--confirm <name>",
          help: "name of the deployment: without it nothing is deleted",
        },
        ...OUTPUT,
      ],
      load: async () => ({ run: (await import("../commands/deploy.ts")).destroy }),
    },
  ],
};
