import type { CommandSpec } from "../command-spec.ts";
import { CONFIG, OUTPUT } from "../common-options.ts";
import { DEFINITIONS } from "./definitions-option.ts";

/** `turnaway dashboards grafana` */
export const grafana: CommandSpec = {
  usage: "grafana [dashboard...]",
  summary: "The dashboards as JSON to import into Grafana, over its Athena data source",
  example: "turnaway dashboards grafana --out ./grafana",
  options: [
    CONFIG,
    DEFINITIONS,
    {
      flags: "--out <folder>",
      help: "folder to write NAME.json to (default: one dashboard, on standard output)",
      path: true,
    },
    ...OUTPUT,
  ],
  load: () => import("../commands/dashboards/grafana.ts"),
};
