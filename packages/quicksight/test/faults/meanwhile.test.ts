import type { QuickSightServer, QuickSightStore } from "@turnaway/testing/quicksight-server";
import { describe, expect, test } from "vitest";

import { deploy } from "../support/life-cycle.ts";
import { failureOf, inLanes, runClean } from "./run-scenario.ts";
import { CHANGED_DATA_SET, CHANGED_VISUAL, definitions, SAMPLE } from "./sample-definitions.ts";
import type { Scenario, Step } from "./scenarios.ts";

const ID = "turnaway-test-sample";
const TIMEOUT = { timeout: 600_000 };

const first: Step = (session) => deploy(session, SAMPLE, { publish: true });
const changed: Scenario = {
  name: "a changed visual",
  earlier: [first],
  command: (session) => deploy(session, CHANGED_VISUAL, { publish: true }),
};
const EDIT = "Edited meanwhile";

describe("somebody who edits in the console at any moment of a deployment", () => {
  test.each(["dashboard", "analysis"] as const)("loses no %s", TIMEOUT, async (kind) => {
    const clean = await runClean(changed);
    const write = clean.requests.findIndex(({ operation }) => operation === WRITES[kind]);
    const look = clean.requests.findLastIndex(
      ({ operation }, index) => operation === LOOKS[kind] && index < write,
    );
    const between = clean.requests.slice(look + 1, write).map((each) => each.operation);
    expect(between).toEqual(BETWEEN[kind]);
    // An analysis has no versions and the service no lock: what is saved between our last look
    // and the write, which follow each other, is all that can be lost.
    const moments = clean.requests.filter(({ at }) => kind === "dashboard" || at !== write);
    await inLanes(moments, async (server, { at, operation }) => {
      server.restart(clean.start.clone());
      editAt(server, at, kind);
      const failure = await failureOf(server, changed);
      const moment = `edited at request ${at + 1}, ${String(operation)}`;
      expect(everythingSaid(server.store), moment).toContain(EDIT);
      // Whatever was there at the last look is not gone over.
      if (at <= look) {
        expect(failure?.message, moment).toMatch(/somebody|changed since|made meanwhile/);
        if (kind === "dashboard") expect(shownDefinition(server.store), moment).toContain(EDIT);
      }
      // Nor does it pass by being tried again.
      const again = await failureOf(server, changed);
      if (failure !== null) expect(again?.message, moment).toMatch(/somebody/);
    });
  });
});

test("somebody who changes a data set during a deployment is noticed", TIMEOUT, async () => {
  const renamed: Scenario = {
    ...changed,
    command: (session) => deploy(session, CHANGED_DATA_SET, { publish: true }),
  };
  const clean = await runClean(renamed);
  const write = clean.requests.findIndex(({ operation }) => operation === "UpdateDataSet");
  // The last look is the request right before the write.
  await inLanes(clean.requests.slice(0, write), async (server, { at, operation }) => {
    server.restart(clean.start.clone());
    const dataSet = server.store.dataSets.get("turnaway-test-coverage")!;
    atRequest(server, at, () => {
      dataSet.input = { ...dataSet.input, Name: EDIT };
    });
    const failure = await failureOf(server, renamed);
    const moment = `changed at request ${at + 1}, ${String(operation)}`;
    expect(failure?.message, moment).toMatch(/not as the last deployment left it|changed since/);
    expect(dataSet.input["Name"], moment).toBe(EDIT);
  });
});

describe("two people who deploy at once", () => {
  const OTHER = definitions({
    "visuals/records.yml": "type: kpi\ntitle: Packets\ndata-set: coverage\nvalues: sum(packets)\n",
  });
  const other: Scenario = {
    name: "another change",
    earlier: [],
    command: (session) => deploy(session, OTHER, { publish: true }),
  };

  test("see what somebody was told is published, and either can go on", TIMEOUT, async () => {
    const { start, requests } = await runClean(changed);
    await inLanes(requests, async (server, { at }) => {
      server.restart(start.clone());
      const second = Promise.withResolvers<unknown>();
      atRequest(server, at, () => failureOf(server, other).then(second.resolve, second.reject));
      const failures = { Bytes: await failureOf(server, changed), Packets: await second.promise };
      const moment = `the second at request ${at + 1} of the first`;
      const told = Object.entries(failures).filter(([, failure]) => failure === null);
      const titles = told.length === 0 ? ["Records"] : told.map(([title]) => title);
      expect(titles, moment).toContain(titleSeen(server.store));
      for (const [scenario, title] of [
        [other, "Packets"],
        [changed, "Bytes"],
      ] as const) {
        expect(await failureOf(server, scenario), moment).toBeNull();
        expect(titleSeen(server.store), moment).toBe(title);
      }
    });
  });
});

const LOOKS = { dashboard: "ListDashboardVersions", analysis: "DescribeAnalysis" } as const;
const WRITES = {
  dashboard: "UpdateDashboardPublishedVersion",
  analysis: "UpdateAnalysis",
} as const;

// What is asked between the last look and the write. A version stays, whoever is faster.
const BETWEEN = {
  dashboard: ["ListTagsForResource", "TagResource"],
  analysis: [],
} as const;

function editAt(server: QuickSightServer, at: number, kind: "dashboard" | "analysis"): void {
  atRequest(server, at, () =>
    server.editInConsole(
      ID,
      (definition) => {
        definition.Sheets[0].Name = EDIT;
      },
      kind,
    ),
  );
}

// Before that request is done, which goes well.
function atRequest(server: QuickSightServer, at: number, happens: () => unknown): void {
  let isDone = false;
  server.inject({
    fault: { kind: "outcome", outcome: {} },
    when: (request) => {
      if (request.at !== at || isDone) return false;
      isDone = true;
      happens();
      return false;
    },
  });
}

function everythingSaid({ dashboards, analyses }: QuickSightStore): string {
  return JSON.stringify([...dashboards.values(), ...analyses.values()]);
}

function shownDefinition({ dashboards }: QuickSightStore): string {
  const { versions, published } = dashboards.get(ID)!;
  return JSON.stringify(versions.find(({ number }) => number === published)?.definition);
}

/** Title of the one visual that people see. */
function titleSeen(store: QuickSightStore): string | undefined {
  return /"(Records|Bytes|Packets)"/.exec(shownDefinition(store))?.[1];
}
