import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const CHECKOUT = path.join(import.meta.dirname, "../../..");
const read = (name: string): string => readFileSync(path.join(CHECKOUT, name), "utf8");

interface Workflow {
  readonly concurrency: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WorkflowStep[] }>>;
}

interface WorkflowStep {
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const REPORT = parse(read(".github/workflows/report.yml")) as Workflow;

describe("D18: of runs that wait for each other none is cancelled", () => {
  test.each([
    ["report.yml", REPORT],
    ["the workflow of the README", readmeWorkflow("apps/reject-report/README.md")],
  ])("in %s", (_, { concurrency }) => {
    expect(concurrency).toMatchObject({ "cancel-in-progress": false, queue: "max" });
  });
});

test("the secrets of Trino are given to no other engine", () => {
  const step = REPORT.jobs["report"]!.steps.find(({ uses }) => uses === "./apps/reject-report");
  expect(Object.keys(step!.env!)).toEqual(["TRINO_PASSWORD", "TRINO_TOKEN"]);
  for (const [name, value] of Object.entries(step!.env!))
    expect(value).toBe(`\${{ vars.TURNAWAY_ENGINE == 'trino' && secrets.${name} || '' }}`);
});

test("what a cache would show to everybody is not kept in one", () => {
  const caches = REPORT.jobs["report"]!.steps.filter(({ uses = "" }) =>
    /actions\/cache/.test(uses),
  );
  expect(caches).toHaveLength(1);
  expect(caches[0]!.if).toContain("github.event.repository.private");
});

test("turnaway.yml and mutes.yml are checked in CI, on every pull request and push", () => {
  const text = read(".github/workflows/ci.yml");
  const { on, jobs } = parse(text) as Workflow & { readonly on: object };
  expect(on).toMatchObject({ pull_request: null, push: { branches: ["main"] } });
  const checks = Object.values(jobs).flatMap(({ steps }) => steps.map(({ uses }) => uses));
  expect(checks).toContain("./apps/reject-report/check");
});

function readmeWorkflow(file: string): Workflow {
  const [, text] = /^```yaml\n(name: [^]*?)^```$/m.exec(read(file))!;
  return parse(text!) as Workflow;
}
