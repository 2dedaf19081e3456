import type { QueryResult } from "@turnaway/core";
import { ROLLUPS } from "@turnaway/sql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildRollup } from "./build-rollup.ts";
import { cleanBuilds } from "./clean-builds.ts";
import { failed, ScriptedLake } from "./fixtures/scripted-lake.ts";
import { planRollup } from "./plan-rollup.ts";
import { readRollup } from "./read-rollup.ts";
import { rollupStatus } from "./rollup-status.ts";
import type { Warehouse } from "./warehouse.ts";

const [FIRST, SECOND] = ["2026-11-19", "2026-11-20"];
const RANGE = { first: FIRST, last: "2026-11-22" };

function lakeWithFiles(): ScriptedLake {
  const lake = new ScriptedLake();
  lake.deliver(FIRST, { size: 1000 });
  lake.deliver(SECOND, { hour: 2, size: 200 });
  lake.deliver(SECOND, { hour: 20, size: 30_000_000 });
  return lake;
}

async function build(warehouse: Warehouse, days: readonly string[], rebuild = false) {
  return buildRollup(warehouse, await planRollup(warehouse, days, { rebuild }));
}

async function states(warehouse: Warehouse): Promise<string[]> {
  const { days } = await rollupStatus(warehouse, RANGE);
  return days.map(({ state, settling }) => (settling ? `${state}, settling` : state));
}

describe("a plan", () => {
  it("says which days, how many bytes and what they cost, and reads no log", async () => {
    const lake = lakeWithFiles();
    const plan = await planRollup(lake.warehouse(), [SECOND, FIRST, "2026-11-22"]);
    expect(plan.days.map(({ day, state }) => `${day} ${state}`)).toEqual([
      `${FIRST} missing`,
      `${SECOND} missing`,
    ]);
    expect(plan.upToDate.map(({ day, state }) => `${day} ${state}`)).toEqual([
      "2026-11-22 no-files",
    ]);
    // Folders are days in this layout: the first day's scan reads all of the second, too.
    expect(plan.expectedBytes).toBe(30_001_200 + 30_000_200);
    expect(plan.expectedUsd).toBeCloseTo(0.000_31 + 2 * 12 * 0.000_05, 5);
    expect(lake.ran).toEqual(["rollup-tables"]);
  });

  it("leaves out what is up to date, unless all is to be built again", async () => {
    const warehouse = lakeWithFiles().warehouse();
    await build(warehouse, [FIRST, SECOND]);
    expect((await planRollup(warehouse, [FIRST, SECOND])).days).toEqual([]);
    expect((await planRollup(warehouse, [FIRST, SECOND], { rebuild: true })).days).toHaveLength(2);
  });
});

describe("a status", () => {
  it("tells days that are built, missing, and without files", async () => {
    const warehouse = lakeWithFiles().warehouse();
    await build(warehouse, [SECOND]);
    expect(await states(warehouse)).toEqual(["missing", "built", "no-files", "no-files"]);
  });

  it("finds late files within the settle hours, and not those after them", async () => {
    const lake = lakeWithFiles();
    await build(lake.warehouse(), [FIRST, SECOND]);
    lake.deliver(SECOND, { hour: 2.5 });
    expect((await states(lake.warehouse())).slice(0, 2)).toEqual(["late-files", "late-files"]);
    await build(lake.warehouse(), [FIRST, SECOND]);
    lake.deliver(SECOND, { hour: 3 });
    expect((await states(lake.warehouse())).slice(0, 2)).toEqual(["built", "late-files"]);
  });

  it("finds days of other settings", async () => {
    const lake = lakeWithFiles();
    const warehouse = lake.warehouse();
    await build(warehouse, [FIRST]);
    const other = { ...warehouse, settings: { ...warehouse.settings, knownPorts: [4000] } };
    expect((await states(other))[0]).toBe("changed-sql");
  });

  it("says that files may still come", async () => {
    const lake = lakeWithFiles();
    lake.now = Date.parse("2026-11-21T02:59:59Z") / 1000;
    expect(await states(lake.warehouse())).toEqual([
      "missing",
      "missing, settling",
      "no-files, settling",
      "no-files, settling",
    ]);
  });
});

describe("a build", () => {
  it("publishes when all rows are there, and drops what it worked with", async () => {
    const lake = lakeWithFiles();
    const seen: string[] = [];
    const warehouse = lake.warehouse();
    await buildRollup(warehouse, await planRollup(warehouse, [FIRST]), {
      onProgress: ({ day, state, done, days }) => seen.push(`${day} ${state} ${done}/${days}`),
    });
    expect(seen).toEqual([`${FIRST} building 0/1`, `${FIRST} published 1/1`]);
    expect(lake.ran.indexOf("rollup-publish")).toBeGreaterThan(lake.ran.indexOf("rollup-verify"));
    expect(lake.read(FIRST)!.traffic_rollup).toHaveLength(2);
    expect([...lake.work.keys()]).toEqual([]);
  });

  it.each(ROLLUPS.map(({ name }) => `rollup-insert ${name}`))(
    "is not published when an engine ran %s twice",
    async (twice) => {
      const lake = lakeWithFiles();
      const warehouse = lake.warehouse(async ({ name }, run) => {
        if (name === twice) run();
        return run();
      });
      await expect(build(warehouse, [FIRST])).rejects.toThrow(
        "a build is not whole, and was not published",
      );
      expect(lake.read(FIRST)).toBeNull();
    },
  );

  it("is one build though its publication was sent twice", async () => {
    const lake = lakeWithFiles();
    const warehouse = lake.warehouse(async ({ name }, run) => {
      if (name === "rollup-publish") run();
      return run();
    });
    await build(warehouse, [FIRST]);
    expect(lake.builds).toHaveLength(2);
    expect(lake.read(FIRST)!.traffic_rollup).toHaveLength(2);
    expect((await readRollup(warehouse, RANGE)).coverage.records).toBe(2);
  });

  it("is not published after hours, since it may be half cleaned by then", async () => {
    const lake = lakeWithFiles();
    const warehouse = lake.warehouse(async ({ name }, run) => {
      if (name === "rollup-insert traffic_rollup") lake.now += 4 * 3600;
      return run();
    });
    await expect(build(warehouse, [FIRST])).rejects.toThrow("a build took too long");
    expect(lake.read(FIRST)).toBeNull();
  });

  it("tries again where another writer was faster", async () => {
    const lake = lakeWithFiles();
    let conflicts = 1;
    const warehouse = lake.warehouse(async ({ name }, run) => {
      if (name === "rollup-insert coverage_rollup" && conflicts-- > 0)
        throw failed("ICEBERG_COMMIT_ERROR: Failed to commit");
      return run();
    });
    await build(warehouse, [FIRST]);
    expect(lake.read(FIRST)!.coverage_rollup).toHaveLength(2);
  });

  it("lets the other days of the plan be built when one fails", async () => {
    const lake = lakeWithFiles();
    const warehouse = lake.warehouse(async ({ name, sql }, run) => {
      if (name === "rollup-stage" && sql.includes(`day = '${FIRST}'`))
        throw failed("HIVE_CURSOR_ERROR");
      return run();
    });
    await expect(build(warehouse, [FIRST, SECOND])).rejects.toThrow("HIVE_CURSOR_ERROR");
    expect(lake.read(FIRST)).toBeNull();
    expect(lake.read(SECOND)!.traffic_rollup).toHaveLength(2);
  });
});

describe("cleaning", () => {
  it("keeps a build that was superseded until nobody can be reading it", async () => {
    const lake = lakeWithFiles();
    await build(lake.warehouse(), [FIRST]);
    lake.now += 60;
    await build(lake.warehouse(), [FIRST], true);
    expect(lake.sizes()).toEqual(eachRollup(4));
    lake.now += 3601;
    const { builds } = await cleanBuilds(lake.warehouse(), RANGE);
    expect(builds).toHaveLength(1);
    expect([lake.sizes(), lake.builds.length]).toEqual([eachRollup(2), 1]);
    expect(lake.read(FIRST)!.traffic_rollup).toHaveLength(2);
  });

  it("leaves a build under way alone, and takes one that was killed", async () => {
    const lake = lakeWithFiles();
    const warehouse = lake.warehouse(async ({ name }, run) => {
      if (name === "rollup-insert coverage_rollup") throw new Error("killed");
      if (name === "rollup-drop") throw failed("gone");
      return run();
    });
    await expect(build(warehouse, [FIRST])).rejects.toThrow("killed");
    expect(await cleanBuilds(lake.warehouse(), RANGE)).toEqual({ builds: [], workTables: [] });
    expect((await rollupStatus(lake.warehouse(), RANGE)).unread).toHaveLength(1);
    lake.now += 6 * 3600 + 1;
    const { builds, workTables } = await cleanBuilds(lake.warehouse(), RANGE);
    expect(builds).toHaveLength(1);
    expect(workTables.length).toBeGreaterThan(2);
    expect([lake.sizes(), lake.work.size]).toEqual([eachRollup(0), 0]);
  });
});

describe("whatever builders, cleaners and kills come between each other", () => {
  const step = fc.record({
    kind: fc.constantFrom("build" as const, "rebuild" as const, "clean" as const),
    /** Statement after which the process is gone; most live on. */
    killedAfter: fc.option(fc.nat(40), { freq: 2 }),
    minutes: fc.integer({ min: 0, max: 500 }),
    late: fc.boolean(),
  });

  it("a reader sees a day whole, from one scan, or not at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 6 }),
        fc.scheduler(),
        async (steps, s) => {
          const lake = lakeWithFiles();
          // Gathered, since a run that fails is one of the things that happen.
          const torn: string[] = [];
          const runs = steps.map((one) => {
            let left = one.killedAfter ?? Number.POSITIVE_INFINITY;
            const warehouse = lake.warehouse(async ({ name }, run) => {
              await s.schedule(Promise.resolve(), name);
              if (left-- <= 0) throw new Error("killed");
              const result: QueryResult = run();
              torn.push(...tornDays(lake));
              if (name === "rollup-stage") {
                lake.now += one.minutes * 60;
                if (one.late) lake.deliver(FIRST, { hour: 5 });
              }
              return result;
            });
            const work =
              one.kind === "clean"
                ? cleanBuilds(warehouse, RANGE)
                : build(warehouse, [FIRST, SECOND], one.kind === "rebuild");
            return work.then(
              () => undefined,
              () => undefined,
            );
          });
          await s.waitFor(Promise.all(runs));
          expect(torn).toEqual([]);
          // Whatever was left behind, the next run makes it right.
          lake.now += 24 * 3600;
          await build(lake.warehouse(), [FIRST, SECOND], true);
          lake.now += 24 * 3600;
          await cleanBuilds(lake.warehouse(), RANGE);
          expect(tornDays(lake)).toEqual([]);
          expect((await states(lake.warehouse())).slice(0, 2)).toEqual(["built", "built"]);
          expect([lake.sizes(), lake.builds.length, lake.work.size]).toEqual([eachRollup(4), 2, 0]);
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);
});

function eachRollup(rows: number): Record<string, number> {
  return Object.fromEntries(ROLLUPS.map(({ name }) => [name, rows]));
}

/** Days that a reader would see half, doubled, or from two scans. */
function tornDays(lake: ScriptedLake): string[] {
  return [FIRST, SECOND].filter((day) => {
    const seen = lake.read(day);
    if (seen === null) return false;
    const halves = Object.values(seen).map((rows) => rows.map(({ half }) => half).join());
    const contents = new Set(Object.values(seen).flatMap((rows) => rows.map((row) => row.content)));
    return halves.some((rows) => rows !== "1,2") || contents.size !== 1;
  });
}
