import { describe, expect, test } from "vitest";

import { parseConfig } from "./parse.ts";

const BROKEN: readonly [rule: string, text: string, line: string][] = [
  [
    "accounts are named once",
    "accounts:\n  - '123456789012'\n  - 123456789012",
    'accounts has an entry twice (turnaway.yml:3): "123456789012" stands there before. Remove one.',
  ],
  [
    "VPCs are named once",
    "vpcs:\n  - id: vpc-0a1b2c3d\n  - id: vpc-0a1b2c3d",
    'vpcs has an entry twice (turnaway.yml:3): "vpc-0a1b2c3d" stands there before. Remove one.',
  ],
  [
    "VPCs lie in a listed account",
    "accounts: ['123456789012']\nvpcs:\n  - id: vpc-0a1b2c3d\n    account: '210987654321'",
    'vpcs[0] lies outside accounts (turnaway.yml:4): got "210987654321", ' +
      "accounts has 123456789012. Add it to accounts.",
  ],
  [
    "VPCs lie in a listed region",
    "vpcs:\n  - id: vpc-0a1b2c3d\n    region: eu-central-1",
    'vpcs[0] lies outside regions (turnaway.yml:3): got "eu-central-1", regions has no entry. ' +
      "Add it to regions.",
  ],
  [
    "the prefix ends above AWSLogs",
    "logs:\n  prefix: team/AWSLogs/123456789012",
    'wrong value for logs.prefix (turnaway.yml:2): got "team/AWSLogs/123456789012", but AWS adds ' +
      "AWSLogs/ and everything below it itself. Write only the folders above AWSLogs.",
  ],
  [
    "fields are a list",
    "logs:\n  fields: srcaddr dstaddr srcaddr",
    'wrong value for logs.fields (turnaway.yml:2): "srcaddr" stands more than once in the list. ' +
      "Name each field once, in the order of the file.",
  ],
  [
    "fields carry a report",
    "logs:\n  fields: srcaddr dstaddr protocol start end",
    "logs.fields can not carry a report (turnaway.yml:2): it lacks action. " +
      "Add what is missing, or write `default` or `rich`.",
  ],
  [
    "fields are not a transit gateway's",
    "logs:\n  fields: srcaddr dstaddr protocol start end action tgw-id",
    "wrong value for logs.fields (turnaway.yml:2): tgw-id exist in transit gateway records only, " +
      "which say nothing of rejects. Remove them.",
  ],
  [
    "the scan limit is what Athena takes",
    "athena:\n  scanLimit: 9 MB",
    "wrong value for athena.scanLimit (turnaway.yml:2): got 9 MB, Athena takes 10 MB or more. " +
      'Write a size such as "10 GB".',
  ],
  [
    "Trino is asked in one way",
    "trino:\n  passwordVariable: PASSWORD\n  tokenVariable: TOKEN",
    "trino names two ways to sign in (turnaway.yml:3): passwordVariable and tokenVariable are both " +
      "there. Remove one of them.",
  ],
  [
    "services have a port",
    "report:\n  knownServices:\n    99999: api",
    'wrong key in report.knownServices (turnaway.yml:3): got "99999", ' +
      "expected a port up to 65535 and a protocol such as tcp, udp or sctp.",
  ],
  [
    "services have a protocol",
    "report:\n  knownServices:\n    443/quic: api",
    'wrong key in report.knownServices (turnaway.yml:3): got "443/quic", ' +
      "expected a port up to 65535 and a protocol such as tcp, udp or sctp.",
  ],
];

const DOUBTFUL: readonly [rule: string, text: string, line: string][] = [
  [
    "fields are known",
    "logs:\n  fields: srcaddr dstaddr protocol start end action flow-directoin",
    "unknown field flow-directoin (turnaway.yml:2): it is read as text and takes part in no query. " +
      'Did you mean "flow-direction"?',
  ],
  [
    "owners by tag have a tag field",
    "report:\n  owners:\n    - match: { tag: web }\n      owner: web",
    "report.owners[0] can never match (turnaway.yml:3): it asks for a tag, and logs.fields has none. " +
      "Add instance-tag, interface-tag or asg-tag to logs.fields.",
  ],
  [
    "assignees belong to an owner",
    "report:\n  owners:\n    - match: { cidr: 10.0.0.1 }\n      owner: payments\n" +
      "github:\n  assignees:\n    payment: [octocat]",
    'github.assignees names "payment" (turnaway.yml:7): no entry of report.owners has that owner. ' +
      'Did you mean "payments"?',
  ],
  [
    "a budget reaches somebody",
    "budget: { monthlyUsd: 20 }",
    "the budget tells nobody (turnaway.yml:1): alerts.emails is empty. " +
      "Add an address to alerts.emails.",
  ],
  [
    "publicOk is needed",
    "github: { publicOk: true, mask: [accounts] }",
    "github.publicOk changes nothing (turnaway.yml:1): github.mask is set, " +
      "and masked reports may be public anyway.",
  ],
];

describe("what must hold", () => {
  test.each(BROKEN)("%s", (_rule, text, line) => {
    expect(() => parseConfig(text, "turnaway.yml")).toThrow(
      expect.objectContaining({ message: line, code: "CONFIG" }),
    );
  });
});

describe("what ought to hold", () => {
  test.each(DOUBTFUL)("%s", (_rule, text, line) => {
    expect(parseConfig(text, "turnaway.yml").warnings).toEqual([line]);
  });
});
