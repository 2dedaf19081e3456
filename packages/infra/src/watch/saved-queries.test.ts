import { DEFAULT_FORMAT, parseLogFormat, RICH_FORMAT } from "@turnaway/core";
import { DEFAULT_SETTINGS, insightsName, listInsights } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { savedQueries } from "./saved-queries.ts";

const ALL = listInsights().map(insightsName);
const common = { settings: DEFAULT_SETTINGS, thresholds: {} };

describe("saved queries", () => {
  it.each([
    ["default", DEFAULT_FORMAT],
    ["rich", RICH_FORMAT],
  ])("are all of the catalogue but the one of two periods, format %s", (_name, format) => {
    const { queries, absent } = savedQueries({ ...common, format });
    expect(queries.map(({ name }) => name)).toEqual(
      ALL.filter((name) => name !== "newly-rejected"),
    );
    expect(absent).toEqual([{ name: "newly-rejected", why: "it compares two periods" }]);
    for (const { name, text } of queries) {
      // CloudWatch keeps no longer query. Source: PutQueryDefinition.
      expect(text.length, name).toBeLessThanOrEqual(10_000);
      expect(text, name).not.toMatch(/\{\{|NaN|undefined/);
    }
  });

  it("leave out what the format can't answer, and say why", () => {
    const { queries, absent } = savedQueries({
      ...common,
      format: parseLogFormat("srcaddr action packets bytes start"),
    });
    expect(queries.map(({ name }) => name)).toContain("top-rejected-sources");
    expect([...queries, ...absent].map(({ name }) => name).toSorted()).toEqual(ALL.toSorted());
    expect(absent.find(({ name }) => name === "ssh-rejects")!.why).toBe(
      "the log format lacks protocol, dstport, dstaddr",
    );
  });

  it("take the thresholds of the configuration before those of the detections", () => {
    const textOf = (thresholds: Parameters<typeof savedQueries>[0]["thresholds"]) =>
      savedQueries({ ...common, thresholds, format: DEFAULT_FORMAT }).queries.find(
        ({ name }) => name === "port-scan",
      )!.text;
    expect(textOf({ "port-scan": { params: { min_ports: 77 } } })).toContain(">= 77");
    expect(textOf({})).not.toContain(">= 77");
    expect(textOf({})).toMatch(/>= \d+/);
  });
});
