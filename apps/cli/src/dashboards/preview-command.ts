import type { CommandSpec, OptionSpec } from "../command-spec.ts";
import { CONFIG, FIELDS, OUTPUT, STATE, WINDOW } from "../common-options.ts";
import { DEFINITIONS } from "./definitions-option.ts";

const LOOKED_AT: readonly OptionSpec[] = [
  CONFIG,
  DEFINITIONS,
  { flags: "--dashboard <name>", help: "only this dashboard", repeat: true },
  { flags: "--sample", help: "simulated traffic instead of logs" },
  ...WINDOW.map((option) =>
    option.flags.startsWith("--date")
      ? { ...option, help: "day to show, YYYY-MM-DD (default: as each dashboard has it)" }
      : option,
  ),
  FIELDS,
  STATE,
];

/** `turnaway dashboards preview` */
export const preview: CommandSpec = {
  usage: "preview [source...]",
  summary: "Draw the dashboards from local logs: an HTML page, and a picture of each sheet",
  example: "turnaway dashboards preview ./flow-logs --out ./dashboards",
  options: [
    { flags: "--out <folder>", help: "folder to write to (required)", path: true },
    { flags: "--format <formats>", help: "some of html,svg,png (default: all)" },
    ...LOOKED_AT,
    ...OUTPUT,
  ],
  load: () => import("../commands/dashboards/preview.ts"),
};

/** `turnaway dashboards serve` */
export const serve: CommandSpec = {
  usage: "serve [source...]",
  summary: "Show the dashboards in the browser of this machine, with filters, read-only",
  example: "turnaway dashboards serve ./flow-logs",
  options: [
    { flags: "--port <number>", help: "port on 127.0.0.1 (default: 8017, or the next free one)" },
    ...LOOKED_AT,
    ...OUTPUT,
  ],
  load: () => import("../commands/dashboards/serve.ts"),
};
