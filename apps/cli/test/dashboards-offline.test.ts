import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test, vi } from "vitest";

import {
  definitionsFolder,
  readDefinitions,
  writeDashboard,
} from "../src/dashboards/definitions-folder.ts";
import { testFolder, writeFiles } from "./support/flow-logs.ts";
import { turnaway } from "./support/turnaway.ts";

// Each starts the whole command.
vi.setConfig({ testTimeout: 60_000 });

const shipped = path.join(import.meta.dirname, "../../../packages/dashboards/definitions");
const root = testFolder();
let count = 0;

/** A folder with a copy of one or more shipped dashboards in `dashboards/`. */
function copied(...names: readonly string[]): string {
  const home = path.join(root, String(count++));
  for (const name of names)
    cpSync(path.join(shipped, name), path.join(home, "dashboards", name), { recursive: true });
  return home;
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, "utf8");
  const edited = text.replace(from, to);
  expect(edited, `${file} has ${from}`).not.toBe(text);
  writeFileSync(file, edited);
}

function dashboards(cwd: string, ...args: readonly string[]): ReturnType<typeof turnaway> {
  return turnaway({ cwd, args: ["dashboards", ...args] });
}

describe("dashboards check", () => {
  test("finds nothing wrong with what ships, and says what it looked at", async () => {
    expect(await dashboards(root, "check")).toMatchObject({
      code: 0,
      stdout: "nothing is wrong with coverage, peers, rejects, traffic\n",
      stderr: "",
    });
  });

  test("names every mistake of every dashboard with file and line", async () => {
    const cwd = copied("rejects", "traffic");
    const visual = path.join(cwd, "dashboards/rejects/visuals/top-sources.yml");
    edit(visual, "category: client", "category: cleint");
    writeFileSync(path.join(cwd, "dashboards/traffic/sheets/trends.yml"), "grid: [");
    const { code, stdout, stderr } = await dashboards(cwd, "check", "--definitions", "dashboards");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(
        /^error: unknown column cleint .*\(dashboards\/rejects\/visuals\/top-sources\.yml:\d+\): .*"client"\?/,
      ),
      expect.stringMatching(/^error: .*\(dashboards\/traffic\/sheets\/trends\.yml:\d+\)/),
    ]);
  });

  test.each([
    ["traffic/data-sets/traffic.yml", /^mode: .*$/m, "mode: fast", "mode"],
    ["traffic/data-sets/traffic.yml", /^lookback: .*$/m, "lookback: soon", "lookback"],
    ["traffic/data-sets/traffic.yml", /^refresh: .*$/m, "refresh: often", "refresh"],
    ["peers/data-sets/peers.yml", /^/, "id: traffic\n", "do not agree"],
  ])("finds what would stop a deployment in %s: %s", async (file, from, to, said) => {
    const cwd = copied("peers", "traffic");
    edit(path.join(cwd, "dashboards", file), from, to);
    const { code, stderr } = await dashboards(cwd, "check", "--definitions", "dashboards");
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/\(dashboards\/(peers|traffic)\/data-sets\/\w+\.yml\)/);
  });

  test("of one dashboard says nothing about the others", async () => {
    const cwd = copied("rejects", "traffic");
    rmSync(path.join(cwd, "dashboards/traffic/dashboard.yml"));
    const of = (name: string) => dashboards(cwd, "check", name, "--definitions", "dashboards");
    expect((await of("rejects")).code).toBe(0);
    expect(await of("traffic")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("dashboards/traffic/dashboard.yml") as string,
    });
  });

  test("as JSON has the errors on standard output, and fails all the same", async () => {
    const cwd = copied("rejects");
    edit(path.join(cwd, "dashboards/rejects/visuals/refused-at.yml"), "type:", "tpye:");
    const asked = ["check", "--definitions", "dashboards", "--format", "json"];
    const { code, stdout } = await dashboards(cwd, ...asked);
    const { checked, errors } = JSON.parse(stdout) as { checked: string[]; errors: object[] };
    expect({ code, checked }).toEqual({ code: 2, checked: ["rejects"] });
    expect(errors[0]).toMatchObject({
      where: expect.stringMatching(/^dashboards\/rejects\/visuals\/refused-at\.yml:\d+$/) as string,
    });
  });

  test.each([
    [["rejcts"], 'there is no dashboard "rejcts"', 'Did you mean "rejects"?'],
    [["--definitions", "nowhere"], "there is no such folder", "--definitions"],
    [["--definitions", "dashboards/rejects"], "it is one dashboard", "Name the folder above it"],
    [["--definitions", "empty"], "no folder in it has definitions", "--definitions"],
  ])("refuses %j", async (args, why, fix) => {
    const cwd = copied("rejects");
    writeFiles(cwd, { "empty/readme.md": "", "empty/.git/config.yml": "" });
    const { code, stderr } = await dashboards(cwd, "check", ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).toContain(fix);
  });

  test("reads the folder that the configuration names, from wherever it is run", async () => {
    const cwd = copied("peers");
    writeFiles(cwd, { "turnaway.yml": "dashboards:\n  definitions: dashboards\n", "deep/x": "" });
    const { stdout } = await dashboards(path.join(cwd, "deep"), "check");
    expect(stdout).toBe("nothing is wrong with peers\n");
  });
});

describe("dashboards diff", () => {
  test("against a folder tells changes by meaning, and only where there are any", async () => {
    const cwd = copied("rejects", "traffic");
    edit(path.join(cwd, "dashboards/rejects/visuals/top-sources.yml"), /^title: .*$/m, "title: X");
    edit(path.join(cwd, "dashboards/traffic/dashboard.yml"), /^/, "# a comment\n");
    const asked = ["--definitions", "dashboards", "--from", shipped];
    const { code, stdout } = await dashboards(cwd, "diff", "rejects", "traffic", ...asked);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## Dashboard `rejects`\n\n1 visual changed\./);
    expect(stdout).not.toContain("traffic");
  });

  test("without any change says so", async () => {
    const cwd = copied("rejects");
    const asked = ["diff", "rejects", "--definitions", "dashboards", "--from", shipped];
    const { code, stdout } = await dashboards(cwd, ...asked);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Nothing changes.\n" });
  });

  test("against a commit reads the same folder there, whatever the files are called", async () => {
    const cwd = copied("rejects");
    const git = inGit(cwd);
    git("add", "-A");
    git("commit", "-qm", "first");
    const odd = path.join(cwd, "dashboards/rejects/visuals/top-sources.yml");
    edit(odd, /^title: .*$/m, "title: Größe \u{1F4C8}");
    git("commit", "-qam", "second");
    cpSync(path.join(shipped, "peers"), path.join(cwd, "dashboards/peers"), { recursive: true });
    rmSync(path.join(cwd, "dashboards/rejects"), { recursive: true });
    const asked = ["diff", "--definitions", "dashboards", "--format", "json", "--from", "HEAD~1"];
    const { code, stdout } = await dashboards(cwd, ...asked);
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as { dashboard: string; changes: { kind: string }[] }[];
    expect(found.map(({ dashboard }) => dashboard)).toEqual(["peers", "rejects"]);
    expect(new Set(found[0]!.changes.map(({ kind }) => kind))).toEqual(new Set(["added"]));
    expect(new Set(found[1]!.changes.map(({ kind }) => kind))).toEqual(new Set(["removed"]));
  });

  test("against a commit that has no such folder yet, everything is added", async () => {
    const cwd = copied("rejects");
    const git = inGit(cwd);
    writeFiles(cwd, { "README.md": "" });
    git("add", "README.md");
    git("commit", "-qm", "first");
    const asked = ["diff", "--definitions", "dashboards", "--from", "HEAD"];
    const { code, stdout } = await dashboards(cwd, ...asked);
    expect(code).toBe(0);
    expect(stdout).toContain("**Dashboard added**");
  });

  test("against a folder with nothing in it, too", async () => {
    const cwd = copied("rejects");
    mkdirSync(path.join(cwd, "empty"));
    const asked = ["diff", "--definitions", "dashboards", "--from", "empty"];
    expect((await dashboards(cwd, ...asked)).stdout).toContain("**Dashboard added**");
  });

  test.each([["no-such-branch"], ["--upload-pack=x"], ["nowhere/"]])(
    "refuses to compare with %s",
    async (from) => {
      const cwd = copied("rejects");
      inGit(cwd);
      const asked = ["diff", "--definitions", "dashboards", `--from=${from}`];
      const { code, stderr } = await dashboards(cwd, ...asked);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: wrong usage \(--from\): .* Name a folder, or a commit/);
    },
  );
});

describe("a folder of definitions", () => {
  test("takes what is written, deletes what is not, and leaves the rest alone", () => {
    const cwd = copied("peers");
    const folder = path.join(cwd, "dashboards");
    writeFiles(folder, { "peers/notes.md": "keep me" });
    const files = { ...readDefinitions(folder).get("peers")! };
    const title = "visuals/bytes.yml";
    files[title] = `# new\n${files[title]}`;
    delete files["visuals/clients.yml"];
    files["visuals/new.yml"] = "type: kpi\n";
    expect(writeDashboard(folder, "peers", files)).toEqual([
      "visuals/bytes.yml",
      "visuals/clients.yml",
      "visuals/new.yml",
    ]);
    expect(readDefinitions(folder).get("peers")).toEqual(files);
    expect(readFileSync(path.join(folder, "peers/notes.md"), "utf8")).toBe("keep me");
    expect(writeDashboard(folder, "peers", files)).toEqual([]);
  });

  test("is the one that ships where nothing names another", () => {
    const config = path.join(root, "empty.yml");
    writeFileSync(config, "");
    expect(definitionsFolder({ config })).toEqual({ path: shipped, isShipped: true });
  });
});

function inGit(cwd: string): (...args: readonly string[]) => void {
  const git = (...args: readonly string[]): void => {
    const author = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
    execFileSync("git", [...author, "-c", "core.quotePath=true", ...args], { cwd });
  };
  git("init", "-q");
  return git;
}

describe("dashboards grafana", () => {
  test("writes a file for each dashboard, the same as those in the repository", async () => {
    const cwd = copied("rejects", "traffic");
    const args = ["grafana", "--definitions", "dashboards", "--out", "out"];
    const { code, stdout, stderr } = await dashboards(cwd, ...args);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: "wrote out/rejects.json\nwrote out/traffic.json\n",
    });
    for (const name of ["rejects", "traffic"]) {
      const kept = path.join(shipped, "../grafana", `${name}.gen.json`);
      const written = readFileSync(path.join(cwd, "out", `${name}.json`), "utf8");
      expect(written).toBe(readFileSync(kept, "utf8"));
    }
  });

  test("prints one, and refuses to print several", async () => {
    const one = await dashboards(root, "grafana", "peers");
    expect(JSON.parse(one.stdout)).toMatchObject({ uid: "turnaway-peers" });
    const all = await dashboards(root, "grafana");
    expect(all).toMatchObject({
      code: 2,
      stdout: "",
      stderr:
        "error: wrong usage (--out): several dashboards are no one document. Name one of coverage, peers, rejects, traffic, or a folder with --out.\n",
    });
  });

  test("names what is wrong with the files", async () => {
    const cwd = copied("rejects");
    writeFileSync(path.join(cwd, "dashboards/rejects/sheets/overview.yml"), "grid: [");
    const { code, stderr } = await dashboards(cwd, "grafana", "--definitions", "dashboards");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("dashboards/rejects/sheets/overview.yml:1"),
    });
  });
});
