import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import {
  type Dashboard,
  type DefinitionFiles,
  expand,
  normalize,
  withReadableIds,
} from "@turnaway/dashboards";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readDefinitions, writeDashboard } from "../src/dashboards/definitions-folder.ts";

import { outcomeOf, startTurnaway, turnaway } from "./support/turnaway.ts";

const NOW = "2026-11-20T06:00:00Z";
let home: string;
let state: string;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "turnaway-dashboards-"));
  state = path.join(home, "state.duckdb");
  const logs = path.join(home, "logs");
  await done(["simulate", "--out", logs, "--days", "3", "--records", "3000", "--now", NOW]);
  await done(["rollup", "build", logs, "--state", state]);
}, 300_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function done(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await turnaway({ args, cwd: home });
  expect(`${code} ${stderr.match(/error:.*/)?.[0] ?? ""}`).toBe("0 ");
  return stdout;
}

describe("dashboards preview", () => {
  test("writes a page and a picture of each sheet of one dashboard from a state alone", async () => {
    const out = path.join(home, "pictures");
    await done([
      "dashboards",
      "preview",
      "--state",
      state,
      "--dashboard",
      "rejects",
      "--out",
      out,
      "--now",
      NOW,
    ]);
    expect(readdirSync(out).toSorted()).toEqual([
      "index.html",
      "rejects-connections.png",
      "rejects-connections.svg",
      "rejects-overview.png",
      "rejects-overview.svg",
    ]);
    const html = readFileSync(path.join(out, "index.html"), "utf8");
    expect(html).toContain("Rejects · Overview");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|\ssrc=|\son\w+=/);
  });

  test("draws what was pulled from the console, with ids that it made up", async () => {
    const out = path.join(home, "pulled-pictures");
    const definitions = path.join(home, "pulled");
    writeDashboard(definitions, "rejects", pulledFiles("rejects"));
    await done([
      "dashboards",
      "preview",
      "--state",
      state,
      "--definitions",
      definitions,
      "--format",
      "svg",
      "--out",
      out,
      "--now",
      NOW,
    ]);
    const svg = readFileSync(path.join(out, "rejects-overview.svg"), "utf8");
    expect(svg).toContain("Refused records by day");
    expect(svg).not.toMatch(/Not drawn here|No rows in this window/);
  });

  test("draws the others where the query of one visual fails, and is not content", async () => {
    const out = path.join(home, "failing-pictures");
    const definitions = path.join(home, "failing");
    const shipped = readDefinitions(SHIPPED).get("rejects")!;
    const calculated = "is_new: ifelse({status} = 'new', 1, 0)";
    expect(shipped["dashboard.yml"]).toContain(calculated);
    writeDashboard(definitions, "rejects", {
      ...shipped,
      "dashboard.yml": shipped["dashboard.yml"]!.replace(
        calculated,
        "is_new: 2000000000 * 2000000000 * 2000000000 * {rejected_records}",
      ),
    });
    const args = ["dashboards", "preview", "--state", state, "--definitions", definitions];
    const how = ["--format", "svg", "--out", out, "--now", NOW];
    const { code, stderr } = await turnaway({ args: [...args, ...how], cwd: home });
    expect(code).toBe(3);
    expect(stderr).toContain("PARTIAL: VISUAL_FAILED in rejects/visuals/new-connections: ");
    const svg = readFileSync(path.join(out, "rejects-overview.svg"), "utf8");
    expect(svg).toContain("Not drawn here (kpi): its query failed");
    expect(svg).toContain("Refused records by day");
  });

  test("a day that is asked for is that of every date filter", async () => {
    const out = path.join(home, "day");
    await done([
      "dashboards",
      "preview",
      "--state",
      state,
      "--format",
      "svg",
      "--date",
      "2026-11-18",
      "--dashboard",
      "rejects",
      "--out",
      out,
      "--now",
      NOW,
    ]);
    const svg = readFileSync(path.join(out, "rejects-overview.svg"), "utf8");
    expect(svg).toContain(">2026-11-18</text>");
  });

  test("a day of which the logs have nothing is no quiet one", async () => {
    const out = path.join(home, "nothing");
    const args = ["--format", "html", "--dashboard", "rejects", "--out", out, "--now", NOW];
    const { code, stderr } = await turnaway({
      args: ["dashboards", "preview", "--state", state, "--date", "2025-01-01", ...args],
      cwd: home,
    });
    expect(code).toBe(3);
    expect(stderr).toContain("PARTIAL: NO_DATA in 2025-01-01T00:00:00Z to 2025-01-02T00:00:00Z: ");
    expect(readFileSync(path.join(out, "index.html"), "utf8")).toContain("no record of this time");
  });

  test.each([
    ["no folder", ["--sample"], "--out"],
    ["no source", ["--out", "x"], "--sample"],
    ["a format that is none", ["--out", "x", "--sample", "--format", "pdf"], "html, svg, png"],
    ["a dashboard that is none", ["--out", "x", "--sample", "--dashboard", "reject"], "rejects"],
  ])("%s is wrong usage, and says what to do", async (_, args, hint) => {
    const { code, stderr } = await turnaway({
      args: ["dashboards", "preview", ...args],
      cwd: home,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(hint);
  });
});

describe("dashboards serve", () => {
  test("shows sheets, lets filters work, takes nothing but GET from this machine, and ends with 130", async () => {
    const child = startTurnaway({
      args: ["dashboards", "serve", "--state", state, "--port", "0", "--now", NOW],
      cwd: home,
    });
    const ended = outcomeOf(child);
    const [line] = (await once(child.stdout!, "data")) as [string];
    const { port } = new URL(line.trim());
    const get = (target: string, how: Asked = {}): Promise<Answer> =>
      ask(Number(port), target, how);

    expect(await get("/")).toMatchObject({ status: 303, location: "/rejects/overview" });
    const sheet = await get("/rejects/overview");
    expect(sheet.status).toBe(200);
    expect(sheet.policy).toContain("default-src 'none'");
    expect(sheet.policy).not.toContain("script-src");
    expect(sheet.body).toContain('<form class="filters" method="get" action="/rejects/overview">');
    expect(sheet.body).not.toContain("No rows in this window");

    const none = await get("/rejects/overview?date.from=2020-01-01&date.to=2020-01-02");
    expect(none.body).toContain("No rows in this window");
    const chosen = await get("/rejects/overview?owner=nobody%27%22%3Cb%3E");
    expect(chosen.status).toBe(200);
    expect(chosen.body).toContain("nobody&#39;&quot;&lt;b&gt;");

    expect((await get("/rejects/overview?date.from=2026-02-30")).status).toBe(400);
    expect((await get("/rejects/overview?colour=red")).body).toContain("no such filter");
    expect((await get("/rejects/nothing")).status).toBe(404);
    expect((await get("/rejects/overview", { method: "POST" })).status).toBe(405);
    expect((await get("/rejects/overview", { host: "attacker.example" })).status).toBe(421);

    // The state is not held: another run has it at once.
    await done(["rollup", "status", "--state", state]);
    child.kill("SIGINT");
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/error|bug/);
    expect(stderr).toMatch(/no longer served\n$/);
  });

  test("a port that somebody else has is refused where it was named", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, stderr } = await turnaway({
      args: ["dashboards", "serve", "--state", state, "--port", String(port), "--now", NOW],
      cwd: home,
    });
    other.close();
    expect(code).toBe(2);
    expect(stderr).toContain("something else listens there");
  });
});

// As the console leaves a dashboard: each field has an id that nobody can read.
function pulledFiles(name: string): DefinitionFiles {
  const shipped = readDefinitions(SHIPPED).get(name)!;
  const dashboard = expand(shipped, TARGET);
  const ids = new Map<string, string>();
  const madeUp = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `${randomUUID()}.${ids.size}`);
    return ids.get(id)!;
  };
  const text = JSON.stringify(dashboard.definition, (key, value: unknown) =>
    key === "FieldId" ? madeUp(String(value)) : value,
  );
  const definition = JSON.parse(text) as Dashboard["definition"];
  return normalize(withReadableIds({ ...dashboard, definition }), TARGET);
}

const SHIPPED = path.join(import.meta.dirname, "../../../packages/dashboards/definitions");
const TARGET = { partition: "aws", region: "eu-west-1", account: "123456789012", prefix: "x-" };

interface Asked {
  readonly method?: string;
  readonly host?: string;
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly policy: string;
  readonly body: string;
}

async function ask(port: number, target: string, { method = "GET", host }: Asked): Promise<Answer> {
  const sent = request({
    host: "127.0.0.1",
    port,
    path: target,
    method,
    headers: host === undefined ? {} : { host },
  });
  sent.end();
  const [response] = await once(sent, "response");
  return {
    status: response.statusCode,
    location: response.headers.location,
    policy: response.headers["content-security-policy"],
    body: await text(response),
  };
}
