import { readFileSync, writeFileSync } from "node:fs";

import { describe, expect, test, vi } from "vitest";

import { type Ended, READER, stepWorld } from "./step-world.ts";

// Some make every template of the sample configuration.
vi.setConfig({ testTimeout: 300_000 });

const world = stepWorld("deploy-steps");
const { file, run, bodies } = world;

describe("settings", () => {
  const of = (role: string, environment: string): Promise<Ended> =>
    run("read-settings.ts", ["--role", role, "--environment", environment]);

  test("are what turnaway.yml says, and what no workflow says again", async () => {
    expect(await of("deploy", "production")).toMatchObject({ code: 0 });
    expect(readFileSync(file("output"), "utf8")).toBe(
      "name=production\naccount=123456789012\nregion=eu-central-1\nengine=athena\ndashboards=true\n",
    );
  });

  test("of a job whose environment the role does not trust stop it, with the line to change", async () => {
    const { code, log } = await of("report", "reports");
    expect(code).toBe(2);
    expect(log).toContain("::error title=turnaway.yml::the role would not let this job in");
    expect(log).toContain("Write `reportEnvironment: reports`");
    expect(readFileSync(file("output"), "utf8")).toBe("");
  });
});

describe("the plan of a pull request", () => {
  test("of a fork is made without an account, shown, and posted where the token may", async () => {
    const made = await run("show-plan.ts", ["make", "--offline", "--out", file("plan.json")]);
    expect(made.code, made.log).toBe(0);
    expect(readFileSync(file("summary.md"), "utf8")).toMatch(/^# Deployment plan: production/);
    expect(await run("show-plan.ts", ["post", file("plan.json")], { token: READER })).toMatchObject(
      {
        code: 0,
        log: expect.stringMatching(/^::notice title=No comment::/) as string,
      },
    );
    expect(bodies()).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect(await run("show-plan.ts", ["post", file("plan.json")])).toMatchObject({ code: 0 });
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toMatch(/^<!-- turnaway:deploy-plan -->\n\n# Deployment plan: production/);
  });

  test("that can't be applied fails the job, after the comment", async () => {
    writeFileSync(file("plan.json"), JSON.stringify({ isBroken: true, text: "no plan" }));
    expect(await run("show-plan.ts", ["post", file("plan.json")])).toMatchObject({ code: 1 });
    expect(bodies()).toEqual(["<!-- turnaway:deploy-plan -->\n\nno plan"]);
  });
});

describe("drift", () => {
  const post = (isDrifted: boolean, said: string): Promise<Ended> => {
    writeFileSync(file("drift.json"), JSON.stringify({ isDrifted, isFailed: false, text: said }));
    return run("tell-drift.ts", ["post", file("drift.json"), "--name", "production"]);
  };

  test("is one issue, closed when all is well again", async () => {
    expect(await post(false, "none")).toMatchObject({ code: 0, log: "issue: not-wanted\n" });
    expect(await post(true, "one")).toMatchObject({ code: 0, log: "issue: created #2\n" });
    expect(await post(true, "two")).toMatchObject({ code: 0, log: "issue: updated #2\n" });
    expect(await post(false, "none")).toMatchObject({ code: 0, log: "issue: closed #2\n" });
    expect(world.github.store.issues).toHaveLength(2);
  });

  test("that could not be looked at fails the job, and touches no issue", async () => {
    const look = ["look", "--engine", "cloudwatch", "--out", file("drift.json")];
    const ended = await run("tell-drift.ts", look);
    expect(ended.code, ended.log).toBe(1);
    expect(readFileSync(file("summary.md"), "utf8")).toMatch(/^Nothing is known of drift\./);
  });
});

test("the smoke check of a view that does not answer fails loudly", async () => {
  const { code, log } = await run("smoke-check.ts", ["--engine", "athena"]);
  expect(code).toBe(1);
  expect(log).toContain("::error title=The deployment does not work::the view flow_records does");
});
