import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test, vi } from "vitest";

import { testFolder } from "./support/flow-logs.ts";
import { turnaway } from "./support/turnaway.ts";

// Templates are made in the process of the command, which loads CDK.
vi.setConfig({ testTimeout: 120_000 });

const folder = testFolder();
const SAMPLE = path.join(import.meta.dirname, "../../../turnaway.yml");

/** Nobody's credentials, wherever the tests run: neither files nor the service of a machine. */
const SIGNED_OUT = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_CONFIG_FILE: "/dev/null",
};

mkdirSync(path.join(folder, "sample"), { recursive: true });
copyFileSync(SAMPLE, path.join(folder, "sample/turnaway.yml"));

describe("deploy plan", () => {
  test("shows the whole plan of the sample to somebody without an account", async () => {
    const { code, stdout, stderr } = await deploy("sample", "plan");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot("golden/deployment-plan.md");
  });

  test("says the same as a value", async () => {
    const { code, stdout } = await deploy("sample", "plan", "--offline", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "production",
      compared: false,
      notCompared: "--offline",
      stacks: expect.arrayContaining([
        expect.objectContaining({ name: "turnaway-production-logs", state: "new" }),
      ]),
    });
  });

  test("leaves nothing behind", async () => {
    const temp = path.join(folder, "temp");
    mkdirSync(temp);
    const { code } = await turnaway({
      args: ["deploy", "plan", "--offline"],
      cwd: path.join(folder, "sample"),
      env: { ...SIGNED_OUT, TMPDIR: temp },
    });
    expect(code).toBe(0);
    // Node's own, wherever it compiles what is run again.
    expect(readdirSync(temp).filter((name) => name !== "node-compile-cache")).toEqual([]);
  });

  test.each([
    [
      "no file at all",
      null,
      "nothing says what to deploy (FOLDER): there is no turnaway.yml here or above. " +
        "Write one (the repository has a sample), or name it with --config.",
    ],
    [
      "no region",
      "accounts: ['123456789012']\nlogs: { bucket: flow-logs }\n",
      "infrastructure.region is missing (FOLDER/turnaway.yml:1): regions has no entry, and the " +
        "bucket, the catalogue and the roles lie in one. List it under regions.",
    ],
    [
      "a wrong retention",
      "accounts: ['123456789012']\nregions: [eu-central-1]\nlogs:\n  bucket: flow-logs\n  retention: forever\n",
      'wrong value for logs.retention (FOLDER/turnaway.yml:5): got "forever", expected a whole ' +
        "number from 1 to 36500.",
    ],
  ])("tells what is wrong with %s, and where", async (name, text, line) => {
    const cwd = path.join(folder, name);
    mkdirSync(cwd);
    if (text !== null) writeFileSync(path.join(cwd, "turnaway.yml"), text);
    const { code, stdout, stderr } = await deploy(name, "plan");
    expect([code, stdout, stderr]).toEqual([2, "", `error: ${line.replaceAll("FOLDER", cwd)}\n`]);
  });
});

describe("what changes AWS", () => {
  test.each(["apply", "status", "destroy"])("deploy %s needs credentials", async (command) => {
    const { code, stderr } = await deploy("sample", command);
    expect([code, stderr]).toEqual([expect.any(Number), expect.stringContaining("credentials")]);
    expect(code).not.toBe(0);
    expect(stderr).not.toContain("    at ");
  });
});

function deploy(name: string, ...args: readonly string[]) {
  return turnaway({
    args: ["deploy", ...args],
    cwd: path.join(folder, name),
    env: SIGNED_OUT,
  });
}
