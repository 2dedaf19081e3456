import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { COMMANDS } from "../src/command-table.ts";
import { completionScript, SHELLS } from "../src/completion.ts";
import { testFolder } from "./support/flow-logs.ts";

const folder = testFolder();
writeFileSync(path.join(folder, "flow logs"), "");

describe.skipIf(!has("bash"))("in bash", () => {
  test.each([
    [[""], ["report", "demo", "help", "--version"]],
    [["re"], ["report"]],
    [
      ["sql", ""],
      ["list", "show", "--help"],
    ],
    [
      ["sql", "show", "flows", "--dialect", ""],
      ["athena", "trino", "duckdb", "insights"],
    ],
    [["report", "--form"], ["--format"]],
    [["report", "x", "--format", "m"], ["md"]],
    [["report", "flow"], ["flow logs"]],
    [["report", "--out", "flow"], ["flow logs"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["rollup", "st"], ["status"]],
  ])("%j offers %j", (words, expected) => {
    expect(completeInBash(words)).toEqual(expect.arrayContaining(expected));
  });

  test.each([[["report", "--date", ""]], [["query", "--limit", ""]], [["nonsense", ""]]])(
    "%j offers nothing",
    (words) => {
      expect(completeInBash(words)).toEqual([]);
    },
  );
});

describe.skipIf(!has("fish"))("in fish", () => {
  test.each([
    [[""], ["demo", "help", "report"]],
    [["--v"], ["--version"]],
    [
      ["sql", ""],
      ["list", "show"],
    ],
    [
      ["sql", "show", "flows", "--dialect", ""],
      ["athena", "duckdb", "insights", "trino"],
    ],
    [["report", "--form"], ["--format"]],
    [["report", "x", "--format", "m"], ["md"]],
    [["report", "flow"], ["flow logs"]],
    [["report", "--out", "flow"], ["flow logs"]],
    [["rollup", "st"], ["status"]],
  ])("%j offers %j", (words, expected) => {
    expect(completeInFish(words)).toEqual(expect.arrayContaining(expected));
  });

  test.each([[["report", "--date", ""]], [["query", "--limit", ""]], [["nonsense", ""]]])(
    "%j offers nothing",
    (words) => {
      expect(completeInFish(words)).toEqual([]);
    },
  );
});

test.each(SHELLS)("the script for %s names every command and option", (shell) => {
  const script = completionScript(shell, COMMANDS);
  const dashes = shell === "fish" ? "-l " : "--";
  for (const command of COMMANDS) {
    expect(script).toContain(command.usage.split(" ")[0]);
    for (const { flags } of command.options) {
      expect(script).toContain(`${dashes}${flags.split(" ")[0]!.slice(2)}`);
    }
  }
});

test.each([
  ["bash", ["-n"]],
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
] as const)("%s accepts its script", (shell, args) => {
  if (!has(shell)) return;
  const file = path.join(folder, `turnaway.${shell}`);
  writeFileSync(file, completionScript(shell, COMMANDS));
  expect(spawnSync(shell, [...args, file], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });
});

function completeInBash(words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = [
    completionScript("bash", COMMANDS),
    `COMP_WORDS=(turnaway ${quoted}); COMP_CWORD=${words.length}; _turnaway`,
    String.raw`printf '%s\n' "${"$"}{COMPREPLY[@]}"`,
  ].join("\n");
  const { stdout } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

function has(shell: string): boolean {
  return spawnSync(shell, ["-c", "true"]).status === 0;
}

function completeInFish(words: readonly string[]): string[] {
  const script = path.join(folder, "completion.fish");
  writeFileSync(script, completionScript("fish", COMMANDS));
  const line = ["turnaway", ...words].join(" ");
  const { stdout } = spawnSync("fish", ["-c", `source ${script}; complete -C '${line}'`], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout.split("\n").flatMap((offer) => offer.split("\t")[0] || []);
}
