import { dayWindow, S3_LAYOUTS } from "@turnaway/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT, deliver, REGION, s3Fixture, type S3Fixture } from "../../test/s3-fixture.ts";
import { listS3Source, newestDay, type ListOptions, type S3Listing } from "./list-source.ts";

const OTHER = "210987654321";
const DAY = { start: seconds("2026-11-19T00:00"), end: seconds("2026-11-20T00:00") };

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture({ pageSize: 2 });
});
afterEach(() => s3.close());

describe.each(S3_LAYOUTS)("in the %s layout", (layout) => {
  const region = layout.startsWith("hive")
    ? `AWSLogs/aws-account-id=${ACCOUNT}/aws-service=vpcflowlogs/aws-region=${REGION}/`
    : `AWSLogs/${ACCOUNT}/vpcflowlogs/${REGION}/`;
  const day = layout.startsWith("hive") ? "year=2026/month=11/day=19/" : "2026/11/19/";

  test.each([
    ["the bucket", ""],
    ["a folder above AWSLogs", "team/"],
    ["AWSLogs", "team/AWSLogs/"],
    ["AWSLogs without a slash", "team/AWSLogs"],
    ["the account", up(`team/${region}`, 2)],
    ["the service", up(`team/${region}`, 1)],
    ["the region", `team/${region}`],
    ["the year", up(`team/${region}${day}`, 2)],
    ["the month", up(`team/${region}${day}`, 1)],
  ])("a day is read from %s, late files too, and no other day is opened", async (_what, prefix) => {
    const wanted = ["2026-11-19T00:05", "2026-11-19T12:00", "2026-11-19T23:55", "2026-11-20T05:55"];
    const keys = wanted.map((at) => deliver(s3.objects, { base: "team/", layout, at }));
    for (const at of [
      "2026-11-18T23:55",
      "2026-11-20T06:00",
      "2026-11-21T00:05",
      "2025-11-19T12:00",
    ]) {
      deliver(s3.objects, { base: "team/", layout, at });
    }

    const listing = await list(`s3://logs/${prefix}`, { window: DAY });

    expect(keysOf(listing)).toEqual(keys.sort());
    expect(listing.notices).toEqual([]);
    expect(openedDays()).toEqual(["2026-11-19", "2026-11-20"]);
  });

  test.each([
    ["with a window", { window: DAY }],
    ["without one", {}],
  ])("the folder of a day is read alone, %s", async (_what, options) => {
    const key = deliver(s3.objects, { layout, at: "2026-11-19T23:55" });
    deliver(s3.objects, { layout, at: "2026-11-20T00:05" });
    deliver(s3.objects, { layout, at: "2026-11-18T00:05" });

    const listing = await list(`s3://logs/${region}${day}`, options);

    expect(keysOf(listing)).toEqual([key]);
    expect(openedDays()).toEqual(["2026-11-19"]);
  });

  test("hours after the settle time are not opened", async () => {
    for (const hour of ["00", "05", "06", "23"]) {
      deliver(s3.objects, { layout, at: `2026-11-20T${hour}:10` });
    }
    const listing = await list("s3://logs", { window: DAY, settleHours: 2 });
    expect(keysOf(listing)).toHaveLength(1);
    const hours = s3.server.requests.map(
      ({ prefix }) => /20\/(?:hour=)?(\d\d)\/$/.exec(prefix)?.[1],
    );
    expect(hours.filter((hour) => hour !== undefined)).toEqual(
      layout.endsWith("hourly") ? ["00"] : [],
    );
  });

  test("the newest day that reaches its end is taken, at the same cost after years", async () => {
    const keys = ["2026-11-18T12:00", "2026-11-18T23:55"].map((at) =>
      deliver(s3.objects, { layout, at }),
    );
    const late = deliver(s3.objects, { layout, at: "2026-11-19T00:05" });
    const cost = await requestsOf(() => newestDay("s3://logs", s3));

    for (let month = 1; month <= 12; month++) {
      deliver(s3.objects, { layout, at: `2025-${String(month).padStart(2, "0")}-03T12:00` });
    }
    expect(await requestsOf(() => newestDay("s3://logs", s3))).toBeLessThanOrEqual(cost + 1);

    const listing = await list("s3://logs");
    expect(listing.day).toBe("2026-11-18");
    expect(keysOf(listing)).toEqual([...keys, late].sort());
  });
});

describe("newestDay", () => {
  test.each([
    ["a day seen to its end", ["2026-11-18T12:00", "2026-11-19T23:50"], "2026-11-19"],
    ["the day before one that is not over", ["2026-11-18T12:00", "2026-11-19T13:00"], "2026-11-18"],
    ["a day across the turn of the year", ["2025-12-31T12:00", "2026-01-01T01:00"], "2025-12-31"],
    ["the only day, though not over", ["2026-11-19T13:00"], "2026-11-19"],
  ])("is %s", async (_what, times, expected) => {
    for (const at of times) deliver(s3.objects, { at });
    expect(await newestDay("s3://logs", s3)).toBe(expected);
  });

  test("looks at all accounts: one that fell silent does not hold it back", async () => {
    deliver(s3.objects, { at: "2026-10-01T23:55" });
    for (const at of ["2026-11-18T12:00", "2026-11-19T01:00"]) {
      deliver(s3.objects, { at, account: OTHER, region: "eu-west-1", layout: "hive-hourly" });
    }
    expect(await newestDay("s3://logs", s3)).toBe("2026-11-18");
  });

  test("is read from file names outside any layout", async () => {
    for (const at of ["2026-11-18T12:00", "2026-11-19T13:00"]) flatten(deliver(s3.objects, { at }));
    expect(await newestDay("s3://logs/flat/", s3)).toBe("2026-11-18");
  });
});

test("a day of another time zone is cut at its own hours", async () => {
  const times = ["19T04:49", "19T05:00", "20T04:55", "20T10:59", "20T11:00"];
  const keys = times.map((time) =>
    deliver(s3.objects, { layout: "hourly", at: `2026-11-${time}` }),
  );
  const listing = await list("s3://logs", { window: dayWindow("2026-11-19", "America/New_York") });
  expect(keysOf(listing)).toEqual(keys.slice(1, 4));
});

test("a window of many days opens each of them and the settle day", async () => {
  for (let day = 10; day < 30; day++) deliver(s3.objects, { at: `2026-11-${day}T12:00` });
  const window = { start: seconds("2026-11-12T00:00"), end: seconds("2026-11-20T00:00") };
  const listing = await list("s3://logs", { window });
  expect(listing.objects).toHaveLength(8);
  expect(openedDays()).toHaveLength(9);
});

test("several accounts, regions and layouts are read together", async () => {
  const at = "2026-11-19T12:00";
  const keys = [
    deliver(s3.objects, { at }),
    deliver(s3.objects, { at, region: "eu-west-1", layout: "hourly" }),
    deliver(s3.objects, { at, account: OTHER, layout: "hive" }),
    deliver(s3.objects, { at, base: "b/c/", layout: "hive-hourly" }),
  ];
  expect(keysOf(await list("s3://logs", { window: DAY }))).toEqual(keys.sort());
  expect(keysOf(await list(`s3://logs/AWSLogs/${ACCOUNT}/`, { window: DAY }))).toHaveLength(2);
});

test("logs of other services beside flow logs are not opened", async () => {
  deliver(s3.objects, { at: "2026-11-19T12:00" });
  const foreign = `AWSLogs/${ACCOUNT}/elasticloadbalancing/${REGION}/2026/11/19/x.log.gz`;
  s3.objects.set(foreign, Buffer.from("x"));
  const listing = await list("s3://logs", { window: DAY });
  expect(keysOf(listing)).not.toContain(foreign);
  expect(s3.server.requests.some(({ prefix }) => prefix.includes("elastic"))).toBe(false);
});

test("a day without files opens its folders and says so", async () => {
  deliver(s3.objects, { at: "2026-11-10T12:00" });
  const listing = await list("s3://logs", { window: DAY });
  expect(listing.objects).toEqual([]);
  expect(listing.notices).toEqual(["No log file of the time asked for was found in s3://logs/"]);
});

describe("a folder in no layout", () => {
  test("is listed whole with a notice, times in names still count, strangers are named", async () => {
    const named = flatten(deliver(s3.objects, { at: "2026-11-19T12:00" }));
    flatten(deliver(s3.objects, { at: "2026-11-17T12:00" }));
    for (const key of ["flat/eni-1/000000.gz", "flat/README", "flat/eni-1/"]) {
      s3.objects.set(key, Buffer.from("x"));
    }
    const listing = await list("s3://logs/flat", { window: DAY });
    expect(keysOf(listing)).toEqual([named, "flat/eni-1/000000.gz"].sort());
    expect(listing.objects.map(({ day }) => day)).toEqual([null, null]);
    expect(listing.notices).toEqual([
      "s3://logs/flat/ is in no AWSLogs layout: all its objects were listed, not only those of the day",
      "Skipped flat/README: not named like a log file",
    ]);
  });

  test("deeper than the search for AWSLogs goes is read all the same", async () => {
    s3.objects.set("flat/1/2/3/4/5/6/x.log", Buffer.from("x"));
    expect(keysOf(await list("s3://logs/flat"))).toEqual(["flat/1/2/3/4/5/6/x.log"]);
  });

  test("beside AWSLogs is not read, and counted", async () => {
    const key = deliver(s3.objects, { at: "2026-11-19T12:00" });
    s3.objects.set("old/x.log", Buffer.from("x"));
    const listing = await list("s3://logs", { window: DAY });
    expect(keysOf(listing)).toEqual([key]);
    expect(listing.notices).toEqual(["1 log files beside AWSLogs in s3://logs/ were not read"]);
  });
});

test("one object is a source", async () => {
  const key = deliver(s3.objects, { at: "2026-11-19T12:00" });
  deliver(s3.objects, { at: "2026-11-19T12:05" });
  const { objects } = await list(`s3://logs/${key}`);
  expect(objects).toEqual([
    {
      bucket: "logs",
      key,
      size: (s3.objects.get(key) as Uint8Array).length,
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
      day: "2026-11-19",
      deliveredAt: seconds("2026-11-19T12:00"),
    },
  ]);
});

test.each([
  ["s3://logs/none", "SOURCE_NOT_FOUND", "no object has this prefix"],
  ["s3://logs/none/", "SOURCE_NOT_FOUND", "no object has this prefix"],
  ["s3://logs/AWSLo", "SOURCE_NOT_FOUND", "did you mean s3://logs/AWSLogs/"],
  ["s3://Logs/", "USAGE", "lower-case"],
  ["s3://", "USAGE", "write s3://bucket"],
  ["s3://logs/AWSLogs/*.gz", "USAGE", "give the folder: s3://logs/AWSLogs/."],
])("%s is refused", async (uri, code, text) => {
  deliver(s3.objects, { at: "2026-11-19T12:00" });
  const error = await list(uri).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringMatching(new RegExp(text, "i")) });
});

async function list(uri: string, options: Partial<ListOptions> = {}): Promise<S3Listing> {
  s3.server.requests.length = 0;
  return listS3Source(uri, { client: s3.client, ...options });
}

async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  s3.server.requests.length = 0;
  await work();
  return s3.server.requests.length;
}

function keysOf({ objects }: S3Listing): string[] {
  return objects.map(({ key }) => key);
}

/** Days that any request looked into; one that lists a year or a month whole counts as `all`. */
function openedDays(): string[] {
  const days = s3.server.requests.map(({ prefix, query }) => {
    const match = /(?:year=)?(\d{4})\/(?:month=)?(\d\d)\/(?:day=)?(\d\d)\//.exec(prefix);
    if (match !== null) return match.slice(1).join("-");
    return query.has("delimiter") ? undefined : "all";
  });
  return [...new Set(days.filter((day) => day !== undefined))].sort();
}

function flatten(key: string): string {
  const flat = `flat/${key.slice(key.lastIndexOf("/") + 1)}`;
  s3.objects.set(flat, s3.objects.get(key)!);
  s3.objects.delete(key);
  return flat;
}

function up(prefix: string, levels: number): string {
  return `${prefix
    .split("/")
    .slice(0, -1 - levels)
    .join("/")}/`;
}

function seconds(time: string): number {
  return Date.parse(`${time}:00Z`) / 1000;
}
