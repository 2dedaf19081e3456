import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, inject, test } from "vitest";
import { parse } from "yaml";

import { readmeTables, withTables } from "../scripts/readme-tables.ts";
import { readInputs } from "../src/inputs.ts";

const ROOT = path.join(import.meta.dirname, "..");
const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

const ACTIONS = ["action.yml", "check/action.yml", "days/action.yml", "mute/action.yml"];

describe.each(ACTIONS)("%s", (file) => {
  const action = parse(read(file));
  const folder = path.dirname(file);

  test("runs on Node 24, and the file that it names is built", () => {
    expect(action.runs.using).toBe("node24");
    expect(existsSync(path.join(inject("action"), folder, action.runs.main))).toBe(true);
  });

  test("describes every input and output", () => {
    const described = [...Object.values(action.inputs), ...Object.values(action.outputs)];
    for (const { description } of described as { description?: string }[])
      expect(description).toMatch(/^\S.{10,}[^.]$/);
  });

  test("has its tables in the README, as `pnpm generate` writes them", () => {
    const readme = read(path.join(folder, "README.md"));
    expect(withTables(readme, readmeTables(read(file)))).toBe(readme);
    for (const place of ["inputs", "outputs"]) expect(readme).toContain(`<!-- /${place} -->`);
  });
});

test("what is read is what action.yml has, and the other way round", () => {
  const asked = new Set<string>();
  const env = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  readInputs(env);
  const named = Object.keys(parse(read("action.yml")).inputs);
  expect([...asked].toSorted()).toEqual(
    named.map((name) => `INPUT_${name.toUpperCase()}`).toSorted(),
  );
});

test.each(["check", "mute"])("inputs of %s are inputs of the report, too", (folder) => {
  const { inputs } = parse(read("action.yml"));
  expect(Object.keys(inputs)).toEqual(
    expect.arrayContaining(Object.keys(parse(read(`${folder}/action.yml`)).inputs)),
  );
});
