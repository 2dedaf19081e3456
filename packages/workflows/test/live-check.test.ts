import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type LiveStep, liveSteps } from "../src/live/live-steps.ts";
import { runStep } from "../src/live/run-step.ts";
import type { Ended } from "../src/run-turnaway.ts";

const SANDBOX = "111122223333";
const folder = mkdtempSync(path.join(tmpdir(), "turnaway-live-test-"));
const config = path.join(folder, "sandbox.yml");
let sts: Server;

beforeAll(async () => {
  writeFileSync(config, sandbox("demoNetwork: true"));
  // Whoever asks is in another account than the sandbox.
  sts = createServer((_, response) => {
    response.setHeader("content-type", "text/xml");
    response.end(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::999988887777:user/kim</Arn><UserId>A</UserId><Account>999988887777</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    );
  }).listen(0, "127.0.0.1");
  await once(sts, "listening");
});

afterAll(() => {
  sts.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a dry run prints every step with its command, and needs no account", async () => {
  const { code, log } = await live("--account", SANDBOX, "--config", config, "--dry-run");
  expect(code, log).toBe(0);
  expect(log.replaceAll(config, "sandbox.yml")).toMatchInlineSnapshot(`
    "1. Look for what stands in the way
       turnaway deploy plan --config sandbox.yml
    2. Deploy the stacks, the tables of the rollup and the views
       turnaway deploy apply --config sandbox.yml
    3. Deploy again: there is nothing left to do
       turnaway deploy plan --format json --config sandbox.yml
    4. Wait until the talk of the demo network is delivered
       turnaway query most-recent-records --since 2h --limit 200 --format json --engine athena --config sandbox.yml
    5. Ask the doctor
       turnaway doctor --engine athena --config sandbox.yml
    6. Make the first report, and find both troubles of the demo network
       turnaway report --since 2h --format json --engine athena --config sandbox.yml
    7. Compare what is live, and look for drift
       turnaway deploy status --drift --config sandbox.yml
    8. Destroy all but the logs
       turnaway deploy destroy --confirm livecheck --config sandbox.yml
    9. Print what removes the logs
       turnaway deploy destroy --dry-run --config sandbox.yml
    "
  `);
});

test("what is kept is not destroyed", async () => {
  const { log } = await live("--account", SANDBOX, "--config", config, "--keep", "--dry-run");
  expect(log).toContain("deploy apply");
  expect(log).not.toContain("destroy");
});

describe("nothing is done", () => {
  test.each([
    ["without an account", () => ["--config", config], "an account or a configuration is missing"],
    [
      "in an account that the configuration does not name",
      () => ["--account", "444455556666", "--config", config],
      `the configuration deploys to ${SANDBOX}, not to 444455556666`,
    ],
    [
      "where nothing would talk",
      () => ["--account", SANDBOX, "--config", silent()],
      "nothing would talk",
    ],
    [
      "with the credentials of another account",
      () => ["--account", SANDBOX, "--config", config],
      `signed in to 999988887777 as arn:aws:iam::999988887777:user/kim, not to ${SANDBOX}`,
    ],
  ])("%s", async (_, args, why) => {
    const { code, log } = await live(...args());
    expect([code, log]).toEqual([2, expect.stringContaining(why)]);
    expect(log).toContain("nothing was done");
    expect(log).not.toContain("1. ");
  });
});

describe("a step", () => {
  const steps = liveSteps({ config: "c.yml", name: "livecheck", keep: false });
  const [plan, , again, delivered, , report] = steps as [
    LiveStep,
    LiveStep,
    LiveStep,
    LiveStep,
    LiveStep,
    LiveStep,
  ];
  const rows = (count: number): string => JSON.stringify(Array.from({ length: count }, () => ({})));
  const findings = (...detections: string[]): string =>
    JSON.stringify({ findings: detections.map((detection) => ({ detection })) });
  const stacks = (state: string): string => JSON.stringify({ stacks: [{ name: "logs", state }] });

  test.each([
    [
      "that fails ends the check, with what it said",
      plan,
      [ended(2, "")],
      /exit code 2: error: no/,
    ],
    [
      "finds out that a deployment is not done",
      again,
      [ended(0, stacks("changed"))],
      /still: logs/,
    ],
    ["goes on when it is done", again, [ended(0, stacks("unchanged"))], null],
    [
      "waits until enough is delivered",
      delivered,
      [ended(4, ""), ended(0, rows(0)), ended(0, rows(59)), ended(0, rows(60))],
      null,
    ],
    [
      "gives up at last",
      { ...delivered, minutes: 3 / 60_000 },
      [ended(0, rows(3))],
      /3 records of 60/,
    ],
    [
      "wants both troubles",
      { ...report, minutes: 0 },
      [ended(3, findings("internal-denied"))],
      /not found: reply-rejected/,
    ],
    [
      "is content with both",
      report,
      [ended(3, findings("reply-rejected", "internal-denied"))],
      null,
    ],
  ])("%s", async (_, step, answers, fails) => {
    let asked = 0;
    const done = runStep(step, {
      signal: new AbortController().signal,
      say: () => {},
      pauseMs: 1,
      run: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]!),
    });
    if (fails === null) await expect(done).resolves.toBeUndefined();
    else await expect(done).rejects.toThrow(fails);
    expect(asked).toBeGreaterThanOrEqual(answers.length);
  });
});

function ended(code: number, stdout: string): Ended {
  return { code, stdout, stderr: "error: no\n" };
}

function sandbox(infrastructure: string): string {
  return `name: livecheck\naccounts: ["${SANDBOX}"]\nregions: [eu-central-1]\nlogs: { bucket: livecheck-logs }\ninfrastructure: { ${infrastructure} }\n`;
}

function silent(): string {
  const file = path.join(folder, "silent.yml");
  writeFileSync(file, sandbox("demoNetwork: false"));
  return file;
}

async function live(...args: string[]): Promise<{ code: number | null; log: string }> {
  const script = path.join(import.meta.dirname, "../src/live-check.ts");
  const child = spawn(process.execPath, [script, ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, log, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, log: out + log };
}
