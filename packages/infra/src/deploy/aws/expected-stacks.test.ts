import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";
import { expect, test } from "vitest";

import { CONFIGURATIONS } from "../../../test/configurations.ts";
import { planDeployment } from "../../deployment.ts";
import { assemble } from "../assemble.ts";
import { expectedStacks } from "./expected-stacks.ts";

const WRITTEN = [
  "smallest",
  "cloudwatch alone",
  "many accounts and regions",
  "existing bucket",
  "roles for a repository",
  "quicksight",
  "demo network",
  "everything",
];

test.each(WRITTEN)("the stacks of %s are those that are asked for by name", (name) => {
  const yaml = CONFIGURATIONS[name]!;
  const deployment = planDeployment(parseDeployableConfig(yaml, "turnaway.yml").config);
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-expected-"));
  try {
    const { stacks } = assemble(deployment, folder);
    const wanted = expectedStacks(deployment).filter(({ isWanted }) => isWanted);
    const called = wanted.map((one) => [one.name, one.place.account, one.place.region].join(" "));
    const made = stacks.map((one) => [one.name, one.account, one.region].join(" "));
    expect(called.toSorted()).toEqual(made.toSorted());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
