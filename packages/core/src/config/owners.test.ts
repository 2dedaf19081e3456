import { expect, test } from "vitest";

import { findOwner, type Owned } from "./owners.ts";
import { parseConfig } from "./parse.ts";

const { owners } = parseConfig(
  `
logs: { fields: rich }
report:
  owners:
    - { owner: scanner, match: { cidr: 10.0.9.20 } }
    - { owner: payments, match: { cidr: 10.0.8.0/22, vpc: vpc-0a1b2c3d } }
    - { owner: v6, match: { cidr: "2001:db8::/32" } }
    - { owner: data, match: { subnet: subnet-0a1b2c3d } }
    - { owner: jump, match: { instance: i-0a1b2c3d } }
    - { owner: nat, match: { interface: eni-0a1b2c3d } }
    - { owner: web, match: { tag: web } }
    - { owner: sandbox, match: { account: 012345678901 } }
`,
  "turnaway.yml",
).config.report;

const unknown: Owned = {
  address: null,
  vpc: null,
  subnet: null,
  instance: null,
  interface: null,
  account: null,
  tags: [],
};

test.each<[owner: string | null, end: Partial<Owned>]>([
  ["scanner", { address: "10.0.9.20", vpc: "vpc-0a1b2c3d" }],
  ["payments", { address: "10.0.9.21", vpc: "vpc-0a1b2c3d" }],
  [null, { address: "10.0.9.21", vpc: "vpc-1a1b2c3d" }],
  [null, { address: "10.0.9.21" }],
  ["v6", { address: "2001:db8:1::5" }],
  ["data", { address: "10.1.0.1", subnet: "subnet-0a1b2c3d" }],
  ["jump", { instance: "i-0a1b2c3d" }],
  ["nat", { interface: "eni-0a1b2c3d" }],
  ["web", { tags: ["prod", "web"] }],
  [null, { tags: ["webs"] }],
  ["sandbox", { account: "012345678901" }],
  [null, {}],
])("the owner is %s for %o", (owner, end) => {
  expect(findOwner(owners, { ...unknown, ...end })).toBe(owner);
});
