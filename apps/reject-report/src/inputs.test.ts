import { TurnawayError } from "@turnaway/core";
import { expect, test } from "vitest";

import { asInputError, type Inputs, readInputs } from "./inputs.ts";
import { prepare } from "./prepare.ts";

const NOTHING: Inputs = {
  options: {},
  sources: [],
  failOn: undefined,
  out: undefined,
  githubToken: undefined,
  github: {},
  maskKey: null,
  isDryRun: false,
  keepsArtifact: true,
};

test.each<[name: string, given: Readonly<Record<string, string>>, expected: Partial<Inputs>]>([
  ["nothing is said", {}, {}],
  ["what is empty is not said", { engine: "", source: "\n", "issue-mode": " ", mask: "" }, {}],
  [
    "options of the command are options here",
    { engine: "athena", date: "2026-11-19", timezone: "Europe/Berlin", name: "prod" },
    {
      options: { engine: "athena", date: "2026-11-19", timezone: "Europe/Berlin", name: "prod" },
    },
  ],
  [
    "sources and parameters are lines",
    {
      source: " a.log \r\n\n s3://b/c ",
      param: "newly-rejected.min_records=10\nport-scan.ports=9",
    },
    {
      sources: ["a.log", "s3://b/c"],
      options: { param: ["newly-rejected.min_records=10", "port-scan.ports=9"] },
    },
  ],
  [
    "switches are as YAML has them",
    { "dry-run": "True", artifact: "FALSE", "public-ok": "true", defang: "false" },
    { isDryRun: true, keepsArtifact: false, github: { publicOk: true, defang: false } },
  ],
  [
    "masks come with commas, spaces or lines",
    { mask: "accounts, private-ips\nids", "mask-key": "secret" },
    { github: { mask: ["accounts", "private-ips", "ids"] }, maskKey: "secret" },
  ],
  [
    "what decides about the job and the issue",
    { "fail-on": "high", "issue-mode": "daily", "github-token": "t", out: "report" },
    { failOn: "high", github: { issueMode: "daily" }, githubToken: "t", out: "report" },
  ],
])("%s", (_, given, expected) => {
  expect(readInputs(variables(given))).toEqual({ ...NOTHING, ...expected });
});

test.each<[name: string, given: Readonly<Record<string, string>>, says: RegExp]>([
  ["issue-mode", { "issue-mode": "weekly" }, /\(issue-mode\).*"weekly".*rolling, daily, none/],
  ["fail-on", { "fail-on": "severe" }, /\(fail-on\).*"severe".*critical/],
  ["dry-run", { "dry-run": "yes" }, /\(dry-run\).*"yes".*true or false/],
  ["mask", { mask: "accounts, names" }, /\(mask\).*"names".*private-ips/],
  ["timezone", { timezone: "Mars/Olympus" }, /\(timezone\).*Mars/],
  ["engine", { engine: "mysql" }, /\(engine\).*"mysql".*duckdb, athena/],
  ["date", { date: "yesterday" }, /\(date\).*"yesterday".*YYYY-MM-DD/],
  ["since", { since: "5y" }, /\(since\).*"5y"/],
  ["source", { engine: "athena", source: "logs" }, /\(source\).*athena reads.*leave engine out/],
  ["now", { now: "soon" }, /\(now\).*soon/],
  ["param", { param: "nothing.min=1" }, /\(param\).*"nothing"/],
  ["github-token", { "github-token": "" }, /\(github-token\).*empty/],
])("a wrong %s is named, without the dashes of the command", (_, given, says) => {
  const error = errorOf({ "github-token": "t", ...given });
  expect(error).toMatchObject({ code: "USAGE", exitCode: 2 });
  expect((error as Error).message).toMatch(says);
  expect((error as Error).message).not.toContain("--");
});

test("errors that are not about inputs stay as they are", () => {
  const error = new TurnawayError("ENGINE", { what: "a query failed", why: "--x was said" });
  expect(asInputError(error)).toBe(error);
});

function errorOf(given: Readonly<Record<string, string>>): unknown {
  const job = {
    owner: "octo",
    repo: "network",
    apiUrl: undefined,
    tempFolder: ".",
    isFork: false,
    isPublic: false,
  };
  try {
    return prepare(readInputs(variables(given)), job);
  } catch (error) {
    return asInputError(error);
  }
}

function variables(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}
