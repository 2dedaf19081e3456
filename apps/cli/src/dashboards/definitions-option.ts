import type { OptionSpec } from "../command-spec.ts";

/** Of every command that reads or writes the files. */
export const DEFINITIONS: OptionSpec = {
  flags: "--definitions <folder>",
  help: "folder with one folder for each dashboard (default: from the configuration, else those that ship)",
  path: true,
};
