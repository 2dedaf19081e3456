import { readFileSync } from "node:fs";
import path from "node:path";

import { S3_LAYOUTS, SEVERITIES } from "@turnaway/core";
import { expect, test } from "vitest";

import { cliPage } from "../scripts/cli-page.ts";
import type { CommandSpec } from "../src/command-spec.ts";
import { COMMANDS } from "../src/command-table.ts";

const root = path.join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

test("docs/cli.gen.md is what `pnpm generate` makes", () => {
  expect(read("docs/cli.gen.md")).toBe(cliPage(COMMANDS));
});

test.each(leaves(COMMANDS))("the docs name `turnaway %s`", (name) => {
  expect(read("docs/cli.gen.md")).toContain(`\n## turnaway ${name}\n`);
});

test("the README leads to the docs of the commands", () => {
  expect(read("README.md")).toContain("docs/cli.gen.md");
});

test.each(leaves(COMMANDS))("the example of `turnaway %s` is one of it", (name, { example }) => {
  expect(example).toContain(`turnaway ${name}`);
});

// They stand twice so that `--help` need not load what defines them.
test.each([
  ["report", "--fail-on", SEVERITIES],
  ["simulate", "--layout", S3_LAYOUTS],
] as const)("the words of %s %s are those of the model", (command, flag, words) => {
  const spec = COMMANDS.find(({ usage }) => usage.split(" ")[0] === command);
  const option = spec?.options.find(({ flags }) => flags.startsWith(flag));
  expect(option?.values).toEqual(words);
});

function leaves(commands: readonly CommandSpec[], above = ""): [string, CommandSpec][] {
  return commands.flatMap((command): [string, CommandSpec][] => {
    const name = `${above} ${command.usage.split(" ")[0]}`.trim();
    return command.children === undefined ? [[name, command]] : leaves(command.children, name);
  });
}
