import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { TurnawayError } from "../errors.ts";
import { defaultConfig, parseConfig } from "./parse.ts";

const INVALID: readonly [name: string, text: string, lines: readonly string[]][] = [
  [
    "a key that is nearly one",
    "logs:\n  bukcet: my-logs",
    [
      "unknown key logs.bukcet (turnaway.yml:2): allowed are bucket, createBucket, prefix, layout, " +
        'fileFormat, fields, aggregation, trafficType, tags, retention, oldVersionDays, infrequentAccessDays, glacierDays, glacierClass, encryption, kmsKey, objectLock, accessLogs. Did you mean "bucket"?',
    ],
  ],
  [
    "a key that is like none",
    "budget:\n  zebra: 1",
    ["unknown key budget.zebra (turnaway.yml:2): allowed are monthlyUsd, notifyAt."],
  ],
  [
    "more thresholds than a budget takes",
    "budget:\n  notifyAt: [50, 60, 70, 80, 90, 100]",
    [
      "wrong value for budget.notifyAt (turnaway.yml:2): got a list, " +
        "expected at most five percentages, as AWS Budgets takes.",
    ],
  ],
  [
    "a key without value that does not exist",
    "budget:\n  zebra:",
    ["unknown key budget.zebra (turnaway.yml:2): allowed are monthlyUsd, notifyAt."],
  ],
  [
    "a word that is nearly an allowed one",
    "logs:\n  bucket: my-logs\n  layout: hourley",
    [
      'wrong value for logs.layout (turnaway.yml:3): got "hourley", ' +
        'expected default, hourly, hive or hive-hourly. Did you mean "hourly"?',
    ],
  ],
  [
    "text where a number belongs",
    "report:\n  settleHours: six",
    [
      'wrong value for report.settleHours (turnaway.yml:2): got "six", ' +
        "expected a whole number from 0 to 72.",
    ],
  ],
  [
    "a negative number",
    "report: { historyDays: -1 }",
    [
      "wrong value for report.historyDays (turnaway.yml:1): got -1, " +
        "expected a whole number from 1 to 365.",
    ],
  ],
  [
    "not a number",
    "report: { historyDays: .nan }",
    [
      "wrong value for report.historyDays (turnaway.yml:1): got NaN, " +
        "expected a whole number from 1 to 365.",
    ],
  ],
  [
    "a huge number",
    "report: { historyDays: 1e99 }",
    [
      "wrong value for report.historyDays (turnaway.yml:1): got 1e+99, " +
        "expected a whole number from 1 to 365.",
    ],
  ],
  [
    "`no` where true or false belongs",
    "report:\n  detections:\n    port-scan: { enabled: no }",
    [
      "wrong value for report.detections.port-scan.enabled (turnaway.yml:3): " +
        'got "no", expected true or false. Write false.',
    ],
  ],
  [
    "a detection that does not exist",
    "report:\n  detections:\n    port-scna: { enabled: true }",
    [
      "unknown key report.detections.port-scna (turnaway.yml:3): allowed are newly-rejected, " +
        "newly-accepted, internal-denied, egress-denied, reply-rejected, port-scan, host-sweep, " +
        "reject-spike, admin-port-open, block-public-access, encryption-control, large-transfer, " +
        'unusual-protocol, late-packet, coverage-gap. Did you mean "port-scan"?',
    ],
  ],
  [
    "an account id that is too short",
    "accounts:\n  - 12345",
    [
      "wrong value for accounts[0] (turnaway.yml:2): got 12345, " +
        "expected an account id: 12 digits, in quotes.",
    ],
  ],
  [
    "a number where text belongs",
    "name: 5",
    [
      "wrong value for name (turnaway.yml:1): got 5, " +
        "expected lower-case words and hyphens, at most 40. Put it in quotes.",
    ],
  ],
  [
    "a list where keys belong",
    "logs: [a]",
    ["wrong value for logs (turnaway.yml:1): got a list, expected a group of keys."],
  ],
  [
    "a file that is one word",
    "hello",
    ['wrong value for the file (turnaway.yml:1): got "hello", expected a group of keys.'],
  ],
  [
    "an entry that lacks a key",
    "report:\n  owners:\n    - owner: web",
    ["report.owners[0].match is missing (turnaway.yml:3): expected a group of keys."],
  ],
  [
    "a match of nothing",
    "report:\n  owners:\n    - owner: web\n      match: {}",
    [
      "wrong value for report.owners[0].match (turnaway.yml:4): got no key, expected at least one " +
        "of cidr, vpc, subnet, instance, interface, tag, account.",
    ],
  ],
  [
    "a range that is none",
    "report:\n  internalCidrs:\n    - 10.0.0.0/8\n    - 10.0.0.0/33",
    [
      'wrong value for report.internalCidrs[1] (turnaway.yml:4): got "10.0.0.0/33", ' +
        "expected an address or a CIDR such as 10.0.8.0/22.",
    ],
  ],
  [
    "a time zone that is none",
    "report: { timezone: Europe/Atlantis }",
    [
      'wrong value for report.timezone (turnaway.yml:1): got "Europe/Atlantis", ' +
        "expected a time zone such as Europe/Berlin.",
    ],
  ],
  [
    "a port that is none",
    "report:\n  knownServices:\n    http: web\n    8443/tcp: api",
    [
      'wrong key in report.knownServices (turnaway.yml:3): got "http", ' +
        "expected a port, or port/protocol such as 8443/tcp.",
    ],
  ],
  [
    "several issues, in the order of the file",
    "nam: x\naccounts: [1]\nlogs:\n  aggregation: 61\nvpcs: 3",
    [
      "unknown key nam (turnaway.yml:1): allowed are name, accounts, regions, vpcs, subnets, interfaces, transitGateways, logs, athena, " +
        "cloudwatch, trino, report, mutes, github, alerts, budget, dashboards, infrastructure. " +
        'Did you mean "name"?',
      "wrong value for accounts[0] (turnaway.yml:2): got 1, " +
        "expected an account id: 12 digits, in quotes.",
      "wrong value for logs.aggregation (turnaway.yml:4): got 61, expected 60 or 600 seconds.",
      "wrong value for vpcs (turnaway.yml:5): got 3, expected a list.",
    ],
  ],
  [
    "the same key twice",
    "name: a\nname: b",
    ["not valid YAML (turnaway.yml:2): Map keys must be unique."],
  ],
  [
    "a list that never ends",
    "accounts: [1, 2",
    [
      "not valid YAML (turnaway.yml:1): Flow sequence in block collection must be sufficiently " +
        "indented and end with a ].",
    ],
  ],
  [
    "two documents",
    "name: a\n---\nname: b",
    [
      "not valid YAML (turnaway.yml:2): Source contains multiple documents; please use " +
        "YAML.parseAllDocuments().",
    ],
  ],
  [
    "a key that reaches a prototype",
    "github:\n  assignees:\n    __proto__: [a]\n    constructor: [b]",
    [
      'not valid YAML (turnaway.yml:3): "__proto__" can not be a key.',
      'not valid YAML (turnaway.yml:4): "constructor" can not be a key.',
    ],
  ],
  ["a key that is a list", "[a, b]: c", ["not valid YAML (turnaway.yml:1): a key must be text."]],
  [
    "a tag",
    "name: !!js/function x",
    ["not valid YAML (turnaway.yml:1): Unresolved tag: tag:yaml.org,2002:js/function."],
  ],
  [
    "YAML 1.1, where `no` is false",
    "%YAML 1.1\n---\nname: a",
    [
      'not valid YAML (turnaway.yml:1): it asks for YAML 1.1, where "no" and "on" are not text. ' +
        "Remove the %YAML line.",
    ],
  ],
  [
    "aliases that grow without end",
    `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"]
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${"abcdef"[i]!}`).join(",")}]`)
      .join("\n")}`,
    [
      "not valid YAML (turnaway.yml): its aliases repeat too much. " +
        "Write the values out instead of using anchors.",
    ],
  ],
  [
    "brackets that nest without end",
    "[".repeat(50_000),
    ["not valid YAML (turnaway.yml): it is nested too deeply."],
  ],
  [
    "a file that is too large",
    "#".repeat(262_145),
    [
      "configuration is too large (turnaway.yml): it has 262145 characters, allowed are 262144. " +
        "Check that this is the right file.",
    ],
  ],
];

describe("a file that is not valid", () => {
  test.each(INVALID)("reports %s", (_name, text, lines) => {
    const error = errorOf(text);
    expect(error.message.split("\n")).toEqual(lines);
    expect(error.exitCode).toBe(2);
    expect(error.details).toHaveLength(lines.length);
  });

  test("never fails in another way", () => {
    const yamlish = fc
      .array(
        fc.constantFrom(
          ..."name logs report : - [ ] { } & * ! | > ' \" # \n 1 ~ __proto__".split(" "),
          "\n",
          "  ",
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(fc.oneof(fc.string(), yamlish), (text) => {
        try {
          parseConfig(text, "turnaway.yml");
        } catch (error) {
          expect(error).toBeInstanceOf(TurnawayError);
          expect((error as TurnawayError).code).toBe("CONFIG");
        }
      }),
    );
  });

  test("keeps what it quotes on one line", () => {
    expect(errorOf('name: "a\\nb\\u001b[31m"').message).toBe(
      'wrong value for name (turnaway.yml:1): got "a\\nb\\u001b[31m", ' +
        "expected lower-case words and hyphens, at most 40.",
    );
  });
});

describe("a valid file", () => {
  test.each(["", "# only a comment\n", "report:\n  # settleHours: 3\n", "\uFEFF"])(
    "keeps all defaults when it is %j",
    (text) => {
      expect(parseConfig(text, "turnaway.yml")).toEqual({ config: defaultConfig(), warnings: [] });
    },
  );

  test("reads account ids as text, quoted or not, with their zeros", () => {
    const { config } = parseConfig(
      'accounts: [012345678901, 123456789012, "000000000001"]',
      "turnaway.yml",
    );
    expect(config.accounts).toEqual(["012345678901", "123456789012", "000000000001"]);
  });

  test("reads words that YAML 1.1 took for false as words", () => {
    const { config } = parseConfig(
      "github: { assignees: { NO: [off] }, labels: [on, yes] }",
      "turnaway.yml",
    );
    expect(config.github.assignees).toEqual({ NO: ["off"] });
    expect(config.github.labels).toEqual(["on", "yes"]);
  });

  test("reads Windows line ends", () => {
    const text = readSample().replaceAll("\n", "\r\n");
    expect(parseConfig(text, "turnaway.yml")).toEqual(parseConfig(readSample(), "turnaway.yml"));
  });

  test("follows an alias", () => {
    const { config } = parseConfig(
      "report:\n  detections:\n    port-scan: &off { enabled: false }\n    host-sweep: *off",
      "turnaway.yml",
    );
    expect(config.report.detections["host-sweep"].enabled).toBe(false);
  });
});

describe("the sample", () => {
  test("is valid without a warning", () => {
    expect(parseConfig(readSample(), "turnaway.yml").warnings).toEqual([]);
  });

  test("has examples that are valid without a warning", () => {
    const { config, warnings } = parseConfig(withExamples(readSample()), "turnaway.yml");
    expect(warnings).toEqual([]);
    expect(config.report.owners.map(({ owner }) => owner)).toEqual(["payments", "data", "web"]);
    expect(config.report.detections["unusual-protocol"].enabled).toBe(false);
    expect(config.cloudwatch.logGroup).toBe("/vpc/flow-logs");
  });

  // A checkout reports on local files with this file in force.
  test("changes nothing that a report on local files says, but its name", () => {
    const { report } = parseConfig(readSample(), "turnaway.yml").config;
    expect(report).toEqual(defaultConfig().report);
  });
});

function errorOf(text: string): TurnawayError {
  try {
    parseConfig(text, "turnaway.yml");
  } catch (error) {
    if (error instanceof TurnawayError) return error;
    throw error;
  }
  throw new Error("the file is valid");
}

function readSample(): string {
  return readFileSync(new URL("../../../../turnaway.yml", import.meta.url), "utf8");
}

function withExamples(text: string): string {
  return text.replaceAll(/^( *)#:/gm, "$1");
}
