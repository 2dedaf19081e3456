import type { TurnawayError } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import type { DeployPlan } from "./deploy-plan.ts";
import { type Allowed, refuseDestruction, refuseErrors } from "./refuse-plan.ts";
import type { ChangeKind } from "./resource-change.ts";

const FLAGS: Readonly<Record<string, Allowed>> = {
  none: { destroy: false, replaceData: false },
  destroy: { destroy: true, replaceData: false },
  both: { destroy: true, replaceData: true },
};

describe("a plan is refused by what it destroys", () => {
  test.each<[ChangeKind, string, string, string | null]>([
    ["create", "AWS::S3::Bucket", "none", null],
    ["update", "AWS::S3::Bucket", "none", null],
    ["keep", "AWS::S3::Bucket", "none", null],
    ["replace", "AWS::EC2::FlowLog", "none", "--allow-destroy"],
    ["replace", "AWS::EC2::FlowLog", "destroy", null],
    ["destroy", "AWS::SNS::Topic", "none", "--allow-destroy"],
    ["may-replace", "AWS::EC2::Instance", "none", "--allow-destroy"],
    ["replace", "AWS::S3::Bucket", "none", "--allow-replace-data"],
    ["replace", "AWS::S3::Bucket", "destroy", "--allow-replace-data"],
    ["may-replace", "AWS::KMS::Key", "destroy", "--allow-replace-data"],
    ["destroy", "AWS::Logs::LogGroup", "both", null],
  ])("%s %s with %s allowed wants %s", (what, type, flags, wanted) => {
    const refuse = (): void => refuseDestruction(planOf(what, type), FLAGS[flags]!);
    expect(refusalOf(refuse)).toEqual(
      wanted === null
        ? null
        : {
            code: "USAGE",
            where: "turnaway-production-x",
            fix: `read the plan, and run again with ${wanted}`,
          },
    );
  });
});

test("a plan that was made without AWS is refused", () => {
  const refuse = (): void =>
    refuseDestruction({ ...planOf("create", "AWS::SNS::Topic"), compared: false }, FLAGS["both"]!);
  expect(refuse).toThrow("not compared with what is live");
});

test("every error of the preflight is said, and no warning", () => {
  const note = (
    level: "ok" | "warning" | "error",
    what: string,
  ): DeployPlan["preflight"][number] => ({
    level,
    what,
    fix: "mend it",
  });
  const notes = [
    note("error", "one"),
    note("warning", "two"),
    note("ok", "three"),
    note("error", "four"),
  ];
  expect(() => refuseErrors(notes)).toThrow(
    "nothing is deployed: one. Mend it.\nnothing is deployed: four. Mend it.",
  );
  expect(() => refuseErrors(notes.slice(1, 3))).not.toThrow();
});

function refusalOf(refuse: () => void): object | null {
  try {
    refuse();
    return null;
  } catch (error) {
    const { code, detail } = error as TurnawayError;
    return { code, where: detail.where, fix: detail.fix };
  }
}

function planOf(what: ChangeKind, type: string): DeployPlan {
  const change = { logicalId: "X", type, path: "X", what, properties: ["P"] };
  return {
    name: "production",
    compared: true,
    notCompared: null,
    stacks: [
      {
        name: "turnaway-production-x",
        account: "123456789012",
        region: "eu-central-1",
        state: "changed",
        changes: [change],
      },
    ],
    views: [],
    cost: { gbPerDay: 1, lines: [], usd: 0 },
    preflight: [],
    subjects: {},
    policyToMerge: null,
  };
}
