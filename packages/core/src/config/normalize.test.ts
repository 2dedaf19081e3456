import { expect, test } from "vitest";

import { LOCAL_RANGES } from "../addresses.ts";
import { DEFAULT_FIELDS } from "../fields.ts";
import { RICH_FORMAT } from "../log-format.ts";
import { DETECTION_IDS } from "./detection-ids.ts";
import { defaultConfig, parseConfig } from "./parse.ts";

const config = (text: string) => parseConfig(text, "turnaway.yml").config;

test.each([
  ["10 GB", 10_000_000_000],
  ["10GiB", 10_737_418_240],
  ["1.5 TB", 1_500_000_000_000],
  ["107374182400", 107_374_182_400],
])("a scan limit of %s is %i bytes", (written, bytes) => {
  expect(config(`athena: { scanLimit: ${written} }`).athena.scanLimitBytes).toBe(bytes);
});

test.each([
  ["default", DEFAULT_FIELDS],
  ["rich", RICH_FORMAT.fields],
  [
    "srcaddr dstaddr protocol start end action",
    ["srcaddr", "dstaddr", "protocol", "start", "end", "action"],
  ],
])("fields `%s` are a log format", (written, fields) => {
  expect(config(`logs: { fields: "${written}" }`).logs.format.fields).toEqual(fields);
});

test.each([
  ["", ""],
  ["/team/logs/", "team/logs"],
])("prefix %j is %j", (written, prefix) => {
  expect(config(`logs: { prefix: "${written}" }`).logs.prefix).toBe(prefix);
});

test("a VPC takes the only account and region, and its own before them", () => {
  const { vpcs } = config(`
accounts: ["123456789012"]
regions: [eu-central-1, eu-west-1]
vpcs:
  - id: vpc-0a1b2c3d
  - { id: vpc-1a1b2c3d, region: eu-west-1, name: shop }
`);
  expect(vpcs).toEqual([
    { id: "vpc-0a1b2c3d", account: "123456789012", region: null, name: null },
    { id: "vpc-1a1b2c3d", account: "123456789012", region: "eu-west-1", name: "shop" },
  ]);
});

test("services of one's own have a port and an IANA protocol", () => {
  const { knownServices } = config(
    "report: { knownServices: { 8443: api, 5000/udp: telemetry, 80/6: web } }",
  ).report;
  expect(knownServices).toEqual(
    expect.arrayContaining([
      { port: 8443, protocol: 6, name: "api" },
      { port: 5000, protocol: 17, name: "telemetry" },
      { port: 80, protocol: 6, name: "web" },
    ]),
  );
});

test("networks of one's own come after those that are always inside", () => {
  const { localRanges } = config("report: { internalCidrs: [198.51.100.7] }").report;
  expect(localRanges).toEqual([...LOCAL_RANGES, "198.51.100.7/32"]);
});

test("every detection has settings, also those that nobody wrote", () => {
  const { detections } = config(
    "report: { detections: { port-scan: { params: { ports: 20 } } } }",
  ).report;
  expect(Object.keys(detections)).toEqual([...DETECTION_IDS]);
  expect(detections["port-scan"]).toEqual({ enabled: true, severity: null, params: { ports: 20 } });
  expect(detections["host-sweep"]).toEqual({ enabled: true, severity: null, params: {} });
});

test("nothing in the default configuration is left out", () => {
  const missing = (value: unknown): boolean =>
    value === undefined ||
    (typeof value === "object" && value !== null && Object.values(value).some(missing));
  expect(missing(defaultConfig())).toBe(false);
});
