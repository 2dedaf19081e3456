import { expect, test, vi } from "vitest";
import { dayReport } from "../test/days.ts";
import { withGithub } from "../test/github.ts";
import { newsOf } from "./index.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const A = { name: "10.0.9.20" };
const B = { name: "10.0.9.21" };
const DAY_1 = dayReport("2026-11-19", [A]);
const DAY_2 = dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B]);

test("news is what the issue or its comment says, once, however often the run is repeated", () =>
  withGithub(async ({ deliver }) => {
    const news = async (report: typeof DAY_1): Promise<string[] | undefined> =>
      newsOf((await deliver(report)).plan)?.added.map(({ server }) => server!);
    expect(await news(DAY_1)).toEqual([A.name]);
    expect(await news(DAY_1)).toBeUndefined();
    expect(await news(DAY_2)).toEqual([B.name]);
    expect(await news(DAY_2)).toBeUndefined();
    expect(
      await news(
        dayReport("2026-11-21", [
          { ...A, status: "ongoing", day: 3 },
          { ...B, status: "ongoing" },
        ]),
      ),
    ).toBeUndefined();
  }));

test("news of an issue whose answer was lost is told once", () =>
  withGithub(async ({ server, deliver }) => {
    server.inject({
      fault: { kind: "reset" },
      stage: "after",
      when: ({ method, path }) => method === "POST" && path.endsWith("/issues"),
    });
    expect(newsOf((await deliver(DAY_1)).plan)?.added).toHaveLength(1);
    expect(newsOf((await deliver(DAY_1)).plan)).toBeUndefined();
  }));
