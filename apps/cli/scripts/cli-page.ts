import type { CommandSpec, OptionSpec } from "../src/command-spec.ts";

/** `docs/cli.gen.md`: every command with its options and an example. */
export function cliPage(commands: readonly CommandSpec[]): string {
  return [
    "<!-- Made by `pnpm generate` from the command line itself. Do not edit. -->",
    "",
    "# The `turnaway` command",
    "",
    "From a checkout put `pnpm --silent` before each line. Standard output carries the answer only; progress and diagnostics go to standard error. Exit codes are in the [README](../README.md#exit-codes).",
    "",
    "`SOURCE` is a file, a folder, a glob in quotes, `-` for standard input, or `s3://bucket/prefix`.",
    "",
    ...commands.flatMap((command) => section(command, "turnaway")),
  ].join("\n");
}

function section(command: CommandSpec, above: string): string[] {
  const usage = `${above} ${command.usage}`;
  if (command.children !== undefined) {
    return command.children.flatMap((child) => section(child, usage));
  }
  return [
    `## ${usage.replaceAll(/ [<[].*/g, "")}`,
    "",
    `${command.summary}.`,
    "",
    "```sh",
    usage,
    `${command.example}   # for example`,
    "```",
    "",
    ...optionTable(command.options),
  ];
}

function optionTable(options: readonly OptionSpec[]): string[] {
  if (options.length === 0) return [];
  return [
    "| option | meaning |",
    "| --- | --- |",
    ...options.map(
      ({ flags, help, repeat }) =>
        `| \`${flags}\` | ${help.replaceAll("|", "\\|")}${repeat === true ? "; may be repeated" : ""} |`,
    ),
    "",
  ];
}
