import type { FrontCatalog, FrontWorkgroup } from "@turnaway/testing/athena-front";
import { refuseCall } from "@turnaway/testing/athena-front";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { AthenaEngineOptions } from "./athena-engine.ts";
import { ASK, type AthenaCase, outcomeOf, startCase } from "./fixtures/athena-case.ts";

// What is looked at before the first query: refused with exit code 2, and nothing is run.

let athena: AthenaCase;
beforeAll(async () => {
  athena = await startCase();
});
beforeEach(() => athena.front.reset());
afterAll(() => athena.close());

describe("refuses", () => {
  it.each<[string, FrontCatalog, string]>([
    [
      "C14: a disabled workgroup",
      having({ state: "DISABLED" }),
      "workgroup is disabled (athena): the workgroup turnaway takes no queries. Enable it in the Athena console, or set athena.workgroup to another one.",
    ],
    [
      "C15: a missing workgroup, naming those that are there",
      { workgroups: { primary: {}, old: { state: "DISABLED" }, logs: {} }, databases: {} },
      "workgroup is missing (athena): there is no workgroup turnaway in eu-west-1; there are primary, logs. Set athena.workgroup in turnaway.yml, or make it with `turnaway deploy apply`.",
    ],
    [
      "C16: a workgroup without a place for results",
      having({ outputLocation: null, enforced: false }),
      "no place for query results (athena): the workgroup turnaway has no output location and no managed query results. Give the workgroup one of both; Turnaway makes no bucket by itself.",
    ],
    [
      "a workgroup with another engine",
      having({ engineVersion: "PySpark engine version 3.5" }),
      "workgroup has another engine (athena): the workgroup turnaway runs PySpark engine version 3.5, the queries are written for Athena engine version 3. Change the engine version of the workgroup, or set athena.workgroup to another one.",
    ],
    [
      "C28: a missing database",
      { workgroups: { turnaway: {} }, databases: {} },
      "database is missing (athena): there is no database turnaway in AwsDataCatalog of eu-west-1. Set athena.database in turnaway.yml, or make it with `turnaway deploy apply`.",
    ],
  ])("%s", async (_row, catalog, message) => {
    athena.front.catalog = catalog;
    const { error } = await ask();
    expect(error!.message).toBe(message);
    expect(error!.exitCode).toBe(2);
    expect(athena.front.executions).toEqual([]);
  });

  it("C17: results in a bucket of another region, as Athena says it at the start", async () => {
    athena.front.inject({
      when: "StartQueryExecution",
      fault: refuseCall(
        400,
        "InvalidRequestException",
        "Unable to verify/create output bucket results",
      ),
    });
    const { error } = await ask();
    expect(error!.message).toBe(
      "query could not be started (athena, top-rejected): the bucket results can not take results: Unable to verify/create output bucket results. Use a bucket in eu-west-1 that belongs to this account, or turn on managed query results.",
    );
    expect(error!.exitCode).toBe(2);
  });

  it.each(["work group", "a;b", ""])("%j as the name of a workgroup", (workgroup) => {
    expect(() => athena.engine({ workgroup })).toThrow(/^wrong name of a workgroup \(athena\)/);
  });
});

describe("respects", () => {
  it.each<[string, FrontWorkgroup, Partial<AthenaEngineOptions>, string | undefined]>([
    ["an enforced location", {}, { outputLocation: "s3://own/" }, undefined],
    ["managed results", { managed: true }, { outputLocation: "s3://own/" }, undefined],
    ["a location of one's own", { enforced: false }, { outputLocation: "s3://own/" }, "s3://own/"],
    [
      "a location of one's own where the workgroup has none",
      { enforced: false, outputLocation: null },
      { outputLocation: "s3://own/" },
      "s3://own/",
    ],
  ])("%s", async (_what, workgroup, options, location) => {
    athena.front.catalog = having(workgroup);
    const { rows } = await ask(options);
    expect(rows).toEqual([{ n: 1 }]);
    const start = athena.front.requests.find((r) => r.operation === "StartQueryExecution");
    expect(start!.input["ResultConfiguration"]).toEqual(
      location === undefined ? undefined : { OutputLocation: location },
    );
  });

  it("goes on where the database may not be looked at", async () => {
    athena.front.inject({ when: "GetDatabase", fault: refuseCall(400, "AccessDeniedException") });
    expect((await ask()).rows).toEqual([{ n: 1 }]);
  });

  it("is made again after it failed", async () => {
    athena.front.catalog = having({ state: "DISABLED" });
    const engine = athena.engine();
    expect((await outcomeOf(engine.run(ASK))).error?.code).toBe("CONFIG");
    athena.front.catalog = having({});
    expect((await outcomeOf(engine.run(ASK))).rows).toEqual([{ n: 1 }]);
  });
});

function having(workgroup: FrontWorkgroup): FrontCatalog {
  return { workgroups: { turnaway: workgroup }, databases: { turnaway: [] } };
}

function ask(options: Partial<AthenaEngineOptions> = {}) {
  return outcomeOf(athena.engine(options).run(ASK));
}
