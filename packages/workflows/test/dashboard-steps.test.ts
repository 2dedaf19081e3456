import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { QuickSightStore, startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { PICTURES } from "../src/dashboards/changed-pictures.ts";
import { runTurnaway } from "../src/run-turnaway.ts";
import { CHECKOUT, type Ended, READER, stepWorld } from "./step-world.ts";

// Each runs the command some times.
vi.setConfig({ testTimeout: 120_000 });

const world = stepWorld("dashboard-steps");
const { file, run, bodies } = world;
const DEFINITIONS = "packages/dashboards/definitions";
const base = file("base");

beforeEach(() => {
  rmSync(base, { recursive: true, force: true });
  cpSync(path.join(CHECKOUT, DEFINITIONS), path.join(base, DEFINITIONS), { recursive: true });
  mkdirSync(path.join(base, PICTURES), { recursive: true });
  const pictures = path.join(CHECKOUT, PICTURES);
  if (existsSync(pictures)) cpSync(pictures, path.join(base, PICTURES), { recursive: true });
});

describe("the comparison of a pull request", () => {
  test("tells what changes by meaning, with the pictures of both commits", async () => {
    const visual = path.join(base, DEFINITIONS, "rejects/visuals/top-sources.yml");
    const text = readFileSync(visual, "utf8");
    writeFileSync(visual, text.replace(/^title: .*$/m, "title: Before | @all"));
    writeFileSync(path.join(base, PICTURES, "rejects-gone.png"), "before");
    expect(await compare()).toMatchObject({ code: 0 });
    expect(await post()).toMatchObject({ code: 0 });
    const [body, ...more] = bodies();
    expect(more).toEqual([]);
    expect(body).toMatch(
      /^<!-- turnaway:dashboards -->\n\n# Dashboards\n\n\*\*Contract\*\*: every/,
    );
    expect(body).toContain("## Dashboard `rejects`\n\n1 visual changed.");
    expect(body).toMatch(/\| `title` +\| `Before \\\| @all` +\|/);
    const before = `https://github.com/octo/network/blob/${"b".repeat(40)}/${PICTURES}/rejects-gone.png`;
    expect(body).toContain(
      `| \`rejects-gone\` | [![rejects-gone](${before}?raw=true)](${before}) | *removed* |`,
    );
    expect(body).toContain("[HTML pages with their pictures](https://example.com/artifacts/1)");
    expect(readFileSync(file("summary.md"), "utf8")).toContain("## Dashboard `rejects`");
  });

  test("without a change tells nobody, but for who was told of one before", async () => {
    await compare();
    expect(await post()).toMatchObject({ code: 0, log: "comment: not-wanted\n" });
    writeFileSync(
      file("dashboards.json"),
      JSON.stringify({ isWanted: true, isBroken: false, text: "a change" }),
    );
    expect(await post()).toMatchObject({ log: "comment: created\n" });
    await compare();
    expect(await post()).toMatchObject({ code: 0, log: "comment: updated\n" });
    expect(bodies()).toEqual([expect.stringContaining("Nothing changes.")]);
  });

  test("draws both commits, whoever's the definitions are", { timeout: 300_000 }, async () => {
    for (const name of ["coverage", "peers", "traffic"]) {
      rmSync(path.join(base, DEFINITIONS, name), { recursive: true });
    }
    const visual = path.join(base, DEFINITIONS, "rejects/visuals/top-sources.yml");
    const text = readFileSync(visual, "utf8");
    writeFileSync(visual, text.replace(/^title: .*$/m, "title: As it was before"));
    expect(await compare("--pictures", file("pictures"))).toMatchObject({ code: 0 });
    const [before, after] = ["before", "after"].map((state) =>
      readFileSync(file(`pictures/${state}/index.html`), "utf8"),
    );
    expect(before).toContain("As it was before");
    expect(after).not.toContain("As it was before");
    expect(existsSync(file("pictures/before/rejects-overview.png"))).toBe(true);
    expect(existsSync(file("pictures/before/coverage-volume.png"))).toBe(false);
    expect(existsSync(file("pictures/after/coverage-volume.png"))).toBe(true);
    // The same traffic: what was not changed is the same to the byte.
    const [was, is] = ["before", "after"].map((state) =>
      readFileSync(file(`pictures/${state}/rejects-connections.svg`)),
    );
    expect(was!.equals(is!)).toBe(true);
  });

  test("with a base that has no dashboards yet finds all of them new", async () => {
    rmSync(path.join(base, DEFINITIONS), { recursive: true });
    mkdirSync(base, { recursive: true });
    expect(await compare("--pictures", file("pictures-new"))).toMatchObject({ code: 0 });
    expect(existsSync(file("pictures-new/before"))).toBe(false);
    const { text } = JSON.parse(readFileSync(file("dashboards.json"), "utf8")) as { text: string };
    expect(text.match(/^\*\*Dashboard added\*\*/gm)).toHaveLength(4);
  });

  test("of a fork is left in the summary, since its token may only read", async () => {
    writeFileSync(
      file("dashboards.json"),
      JSON.stringify({ isWanted: true, isBroken: false, text: "a change" }),
    );
    const { code, log } = await post(READER);
    expect([code, bodies()]).toEqual([0, []]);
    expect(log).toMatch(/^::notice title=No comment::.*in the summary/);
  });

  test("of dashboards that can't be deployed fails the job, after the comment", async () => {
    writeFileSync(
      file("dashboards.json"),
      JSON.stringify({ isWanted: true, isBroken: true, text: "a mistake" }),
    );
    expect([(await post()).code, bodies().length]).toEqual([1, 1]);
  });
});

describe("what somebody did in the console", () => {
  const VISUAL = "rejects/visuals/top-sources.yml";
  const EDITED = { pull: "Somebody changed these", issue: null, files: { [VISUAL]: "title: X\n" } };
  const NOTHING = { pull: null, issue: null, files: {} };
  const tell = (told: object): Promise<Ended> => {
    writeFileSync(file("drift.json"), JSON.stringify(told));
    return run("tell-dashboards.ts", ["post", file("drift.json"), "--name", "production"]);
  };

  test("is one pull request, brought up to date, and closed when nothing is left", async () => {
    const { content, issues } = world.github.store;
    content.branches.get("main")!.set(`${DEFINITIONS}/${VISUAL}`, "title: A\n");
    const none = "issue: not-wanted\n";
    expect(await tell(NOTHING)).toMatchObject({
      code: 0,
      log: `pull request: not-wanted\n${none}`,
    });
    expect((await tell(EDITED)).log).toBe(`pull request: created #2\n${none}`);
    expect((await tell(EDITED)).log).toBe(`pull request: unchanged #2\n${none}`);
    expect(issues[1]).toMatchObject({
      title: "Dashboards of production: take over what was changed in QuickSight",
      body: "Somebody changed these",
    });
    const branch = content.branches.get("turnaway/dashboards-production")!;
    expect(Object.fromEntries(branch)).toEqual({ [`${DEFINITIONS}/${VISUAL}`]: "title: X\n" });
    expect((await tell(NOTHING)).log).toBe(`pull request: closed #2\n${none}`);
  });

  test("and files can't say is an issue beside it", async () => {
    const told = { ...EDITED, issue: "- data set `rejects`: was changed by somebody else" };
    expect((await tell(told)).log).toBe("pull request: created #2\nissue: created #3\n");
    expect((await tell(NOTHING)).log).toBe("pull request: closed #2\nissue: closed #3\n");
  });

  test("stays beside what people committed to the branch", async () => {
    await tell(EDITED);
    const branch = world.github.store.content.branches.get("turnaway/dashboards-production")!;
    branch.set("more.yml", "by hand");
    const { code, log } = await tell({ ...EDITED, files: { [VISUAL]: "title: Y\n" } });
    expect(code).toBe(0);
    expect(log).toMatch(/^::notice title=Branch left alone::/);
    expect(branch.get(`${DEFINITIONS}/${VISUAL}`)).toBe("title: X\n");
  });

  test("is found in QuickSight, and proposed as the file that says it", async () => {
    const store = new QuickSightStore({ region: "eu-central-1", groups: ["platform"] });
    const quickSight = await startQuickSightServer({ store });
    try {
      const env = {
        AWS_ENDPOINT_URL: quickSight.url,
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
      };
      const look = () => run("tell-dashboards.ts", ["look", "--out", file("drift.json")], { env });
      const deployed = await runTurnaway(["dashboards", "deploy", "--publish", "--quiet"], {
        env: { ...env, PATH: process.env["PATH"] },
      });
      expect(deployed.code, deployed.stderr).toBe(0);
      expect(await look()).toMatchObject({ code: 0 });
      expect(JSON.parse(readFileSync(file("drift.json"), "utf8"))).toEqual(NOTHING);
      quickSight.editInConsole("turnaway-production-rejects", (definition) => {
        definition.Sheets[0].Name = "At a glance";
      });
      expect(await look()).toMatchObject({ code: 0 });
      const told = JSON.parse(readFileSync(file("drift.json"), "utf8")) as object;
      expect((await tell(told)).log).toBe("pull request: created #2\nissue: not-wanted\n");
      const [, pull] = world.github.store.issues;
      expect(pull!.body).toContain("## Dashboard `rejects`\n\n1 sheet changed.");
      const branch = world.github.store.content.branches.get("turnaway/dashboards-production")!;
      expect([...branch.keys()]).toEqual([`${DEFINITIONS}/rejects/sheets/overview.yml`]);
      expect(quickSight.violations).toEqual([]);
    } finally {
      await quickSight.close();
    }
  });

  test("that could not be looked at fails the job, and is told to nobody", async () => {
    const ended = await run("tell-dashboards.ts", ["look", "--out", file("drift.json")]);
    expect(ended.code, ended.log).toBe(1);
    expect(readFileSync(file("summary.md"), "utf8")).toMatch(
      /^Nothing is known of the dashboards\./,
    );
  });
});

function compare(...args: readonly string[]): Promise<Ended> {
  const all = ["compare", "--base", base, "--out", file("dashboards.json"), ...args];
  return run("show-dashboards.ts", all);
}

function post(token?: string): Promise<Ended> {
  const args = ["post", file("dashboards.json"), "--artifact", "https://example.com/artifacts/1"];
  return run("show-dashboards.ts", args, token === undefined ? {} : { token });
}
