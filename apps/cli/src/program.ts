import { Command } from "commander";

import type { CommandSpec } from "./command-spec.ts";
import { COMMANDS } from "./command-table.ts";
import type { Surroundings } from "./context.ts";
import { progressOn } from "./progress.ts";
import { version } from "./version.ts";

export type { Run } from "./command-spec.ts";

/**
 * The command line: names, options and help. What a command does is loaded when it
 * runs, so that `--help` answers at once.
 */
export function createProgram(surroundings: Surroundings): Command {
  const program = new Command("turnaway")
    .description("Know what your VPC turned away: AWS VPC Flow Logs into a daily reject report")
    .version(version(), "-V, --version")
    .showHelpAfterError()
    .showSuggestionAfterError()
    .helpCommand(true)
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  for (const command of COMMANDS) addCommand(program, command, surroundings);
  return program;
}

const EXAMPLES = `
Examples:
  turnaway demo                                 two minutes, no AWS
  turnaway report ./flow-logs                   the reject report of the last complete day
  turnaway trace 10.0.3.7 ./flow-logs           everything about one address
  turnaway query top-rejected ./flow-logs       one query of the catalogue
`;

function addCommand(parent: Command, spec: CommandSpec, surroundings: Surroundings): void {
  const [name, ...args] = spec.usage.split(" ");
  const command = parent
    .command(name!)
    .copyInheritedSettings(parent)
    .summary(spec.summary)
    .description(spec.summary)
    .addHelpText("after", `\nExample:\n  ${spec.example}\n`);
  if (args.length > 0) command.arguments(args.join(" "));
  for (const { flags, help, repeat } of spec.options) {
    if (repeat) command.option(flags, help, collect);
    else command.option(flags, help);
  }
  for (const child of spec.children ?? []) addCommand(command, child, surroundings);
  const { load } = spec;
  if (load === undefined) return;
  command.action(async (...all: unknown[]) => {
    const { run } = await load();
    const given = all.slice(0, -2) as (string | string[] | undefined)[];
    const options = command.opts();
    await run(given, options, { ...surroundings, ...progressOn(options) });
  });
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
