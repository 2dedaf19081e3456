import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { assemble } from "../src/deploy/assemble.ts";
import { planDeployment } from "../src/deployment.ts";
import { CONFIGURATIONS } from "./configurations.ts";

/** What holds data, or is known by its name or id to somebody else. */
const STATEFUL = new Set([
  "AWS::Athena::WorkGroup",
  "AWS::EC2::FlowLog",
  "AWS::Glue::Database",
  "AWS::Glue::Table",
  "AWS::IAM::OIDCProvider",
  "AWS::IAM::Role",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "turnaway-ids-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("logical ids of what holds data", () => {
  // A changed id is a new resource, and the old one is lost to its stack: this file says that.
  it.each(["everything", "many accounts and regions", "subnets, interfaces, transit gateways"])(
    "stay as they are: %s",
    async (name) => {
      const ids = stateful(CONFIGURATIONS[name]!, name.replaceAll(/\W+/g, "-"));
      await expect(`${ids.join("\n")}\n`).toMatchFileSnapshot(
        `golden/stateful-ids/${name.replaceAll(/\W+/g, "-")}.txt`,
      );
    },
  );

  it("do not depend on what else is configured", () => {
    const one = CONFIGURATIONS["smallest"]!;
    const vpc = (id: string): string => `  - { id: ${id} }\n`;
    const few = stateful(`${one}vpcs:\n${vpc("vpc-2b1b2c3d4e5f67890")}`, "few");
    const more = stateful(
      `${one}vpcs:\n${vpc("vpc-1a1b2c3d4e5f67890")}${vpc("vpc-2b1b2c3d4e5f67890")}`,
      "more",
    );
    expect(more).toEqual(expect.arrayContaining(few));
    expect(more).toHaveLength(few.length + 1);
  });
});

function stateful(text: string, name: string): string[] {
  const deployment = planDeployment(parseDeployableConfig(text, "turnaway.yml").config);
  return assemble(deployment, path.join(folder, name))
    .stacks.flatMap(({ id, template }) =>
      Object.entries(template.Resources ?? {})
        .filter(([, { Type }]) => STATEFUL.has(Type))
        .map(([logicalId, { Type }]) => `${id} ${Type} ${logicalId}`),
    )
    .toSorted();
}
