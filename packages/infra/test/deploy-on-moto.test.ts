import { readFileSync } from "node:fs";
import path from "node:path";

import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeFlowLogsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { applyPlan } from "../src/deploy/apply-deployment.ts";
import { connectToolkit } from "../src/deploy/connect-toolkit.ts";
import { deploymentStatus } from "../src/deploy/deployment-status.ts";
import { destroyDeployment } from "../src/deploy/destroy-deployment.ts";
import { planDestruction } from "../src/deploy/plan-destruction.ts";
import type { Allowed } from "../src/deploy/refuse-plan.ts";
import {
  bootstrap,
  makeBucket,
  type MotoAccount,
  openAccount,
  type Planned,
} from "./moto-account.ts";

let account: MotoAccount;

beforeAll(async () => {
  account = await openAccount();
}, 900_000);
beforeEach(async () => {
  await account.reset();
  await bootstrap();
});
afterAll(() => account?.stop());

const BUCKET = "example-flow-logs";

const smallConfig = (fields = "default"): string => `name: small
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: VPC }]
logs: { bucket: ${BUCKET}, fields: ${fields} }
`;

const quiet = (): void => undefined;

function apply(
  { plan, assembly, deployment }: Planned,
  allow: Partial<Allowed> = {},
): ReturnType<typeof applyPlan> {
  const { env, signal } = account;
  return applyPlan(plan, assembly, {
    deployment,
    toolkit: connectToolkit(quiet),
    allow: { destroy: false, replaceData: false, ...allow },
    env,
    say: quiet,
    signal,
  });
}

/** States of the stacks, by the part of the deployment. */
function states({ plan }: Planned): Record<string, string> {
  return Object.fromEntries(plan.stacks.map(({ name, state }) => [name.slice(15), state]));
}

async function flowLogFormats(): Promise<(string | undefined)[]> {
  const { FlowLogs = [] } = await new EC2Client().send(new DescribeFlowLogsCommand());
  return FlowLogs.map(({ LogFormat }) => LogFormat);
}

describe("the life of a small deployment", () => {
  test("what is planned as new is made, and is then unchanged", async () => {
    const planned = await account.plan(smallConfig());
    expect(states(planned)).toEqual({
      logs: "new",
      alerts: "new",
      catalogue: "new",
      "flow-logs": "new",
    });
    await apply(planned);
    expect(await flowLogFormats()).toHaveLength(1);
    const again = await account.plan(smallConfig());
    expect(new Set(Object.values(states(again)))).toEqual(new Set(["unchanged"]));
    expect(again.plan.preflight.filter(({ level }) => level !== "ok")).toEqual([]);
  });

  test("another log format replaces the flow log, with a flag", async () => {
    await apply(await account.plan(smallConfig()));
    const [before] = await flowLogFormats();
    const planned = await account.plan(smallConfig("rich"));
    const changes = planned.plan.stacks.flatMap(({ changes: all }) => all);
    expect(changes.map(({ what, type, properties }) => ({ what, type, properties }))).toEqual([
      { what: "update", type: "AWS::Glue::Table", properties: ["TableInput"] },
      { what: "replace", type: "AWS::EC2::FlowLog", properties: ["LogFormat"] },
    ]);
    await expect(apply(planned)).rejects.toMatchObject({
      code: "USAGE",
      detail: {
        what: "nothing is deployed",
        where: "turnaway-small-flow-logs",
        fix: "read the plan, and run again with --allow-destroy",
      },
    });
    expect(await flowLogFormats()).toEqual([before]);
    await apply(planned, { destroy: true });
    const [after, ...more] = await flowLogFormats();
    expect(more).toEqual([]);
    expect(after).not.toBe(before);
    expect(after).toContain("${tcp-flags}");
  });

  test("status says what is live, what differs and what delivers", async () => {
    const planned = await account.plan(smallConfig());
    expect(await status(planned)).toEqual({
      stacks: ["logs missing", "alerts missing", "catalogue missing", "flow-logs missing"],
      delivers: [false],
    });
    await apply(planned);
    expect(await status(planned)).toEqual({
      stacks: ["logs", "alerts", "catalogue", "flow-logs"].map((part) => `${part} as written`),
      delivers: [true],
    });
    expect((await status(await account.plan(smallConfig("rich")))).stacks).toEqual([
      "logs as written",
      "alerts as written",
      "catalogue differs",
      "flow-logs differs",
    ]);
  });

  async function status({
    deployment,
    assembly,
  }: Planned): Promise<{ stacks: string[]; delivers: boolean[] }> {
    const { env, signal } = account;
    const toolkit = connectToolkit(quiet);
    const found = await deploymentStatus(deployment, assembly, { toolkit, env, signal });
    const order = ["logs", "alerts", "catalogue", "flow-logs"];
    const stacks = found.stacks.map(({ name, compared }) => `${name.slice(15)} ${compared}`);
    const place = (line: string): number => order.indexOf(line.split(" ")[0]!);
    return {
      stacks: stacks.toSorted((a, b) => place(a) - place(b)),
      delivers: found.flowLogs.map(({ delivers }) => delivers),
    };
  }

  test("destroy wants the name, lists what goes, and leaves the bucket", async () => {
    const planned = await account.plan(smallConfig());
    await apply(planned);
    const { env, signal } = account;
    const destruction = await planDestruction(planned.deployment, { env, signal });
    expect(destruction.stacks.map(({ name }) => name)).toEqual([
      "turnaway-small-flow-logs",
      "turnaway-small-catalogue",
      "turnaway-small-alerts",
    ]);
    expect(destruction.byHand).toHaveLength(4);
    const destroy = (confirm: string | null): Promise<void> =>
      destroyDeployment(destruction, planned.assembly, {
        toolkit: connectToolkit(quiet),
        confirm,
        say: quiet,
        signal,
      });
    await expect(destroy(null)).rejects.toThrow("run again with --confirm small");
    await expect(destroy("production")).rejects.toThrow("the deployment is small, not production");
    expect(await flowLogFormats()).toHaveLength(1);
    await destroy("small");
    expect(await flowLogFormats()).toEqual([]);
    await new S3Client().send(new HeadBucketCommand({ Bucket: BUCKET }));
    const rest = await planDestruction(planned.deployment, { env, signal });
    expect(rest.stacks).toEqual([]);
    // And it can be made again around what stayed.
    await apply(await account.plan(smallConfig()));
    expect(await flowLogFormats()).toHaveLength(1);
  });
});

describe("runs that break", () => {
  test("a resource that can't be made is named, with what to do", async () => {
    const planned = await account.plan(smallConfig());
    // Made by somebody after the plan.
    await makeBucket(BUCKET);
    await expect(apply(planned)).rejects.toMatchObject({
      code: "AWS",
      detail: {
        what: "AWS::S3::Bucket LogBucket/Bucket failed",
        where: "turnaway-small-logs, 123456789012, eu-central-1",
        fix: "write `logs.createBucket: false` to use it as it is, or choose another name",
      },
    });
    // The stack of the logs is protected, so a person has to remove what never was.
    await expect(apply(await account.plan(smallConfig()))).rejects.toMatchObject({
      code: "CONFIG",
    });
  });

  test("a repeated run goes on where one broke", async () => {
    const planned = await account.plan(smallConfig());
    const ec2 = new EC2Client();
    await ec2.send(new DeleteVpcCommand({ VpcId: account.vpcId }));
    await expect(apply(planned)).rejects.toMatchObject({
      code: "AWS",
      detail: { fix: "correct its id, account or region in turnaway.yml" },
    });
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }));
    const corrected = smallConfig().replace("VPC", Vpc!.VpcId!);
    await apply(await account.plan(corrected));
    expect(new Set(Object.values(states(await account.plan(corrected))))).toEqual(
      new Set(["unchanged"]),
    );
  });

  test("an interruption ends between stacks, and a repeated run finishes", async () => {
    const planned = await account.plan(smallConfig());
    const interrupt = new AbortController();
    const said: string[] = [];
    const { env } = account;
    const run = applyPlan(planned.plan, planned.assembly, {
      deployment: planned.deployment,
      toolkit: connectToolkit(quiet),
      allow: { destroy: false, replaceData: false },
      env,
      say(line) {
        said.push(line);
        if (line.startsWith("2/")) interrupt.abort();
      },
      signal: interrupt.signal,
    });
    await expect(run).rejects.toMatchObject({ code: "INTERRUPTED" });
    expect(said.some((line) => line.startsWith("3/"))).toBe(false);
    // CloudFormation goes on with the one that had begun.
    await settled();
    await apply(await account.plan(smallConfig()));
    expect(new Set(Object.values(states(await account.plan(smallConfig()))))).toEqual(
      new Set(["unchanged"]),
    );
  });

  async function settled(): Promise<void> {
    const cloudFormation = new CloudFormationClient();
    await expect
      .poll(
        async () => {
          const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand());
          return Stacks.filter(({ StackStatus }) => !StackStatus!.endsWith("_COMPLETE"));
        },
        { timeout: 30_000 },
      )
      .toEqual([]);
  }

  test("a plan is not applied by another account", async () => {
    const planned = await account.plan(smallConfig());
    const elsewhere = {
      ...planned.deployment,
      home: { account: "999999999999", region: "eu-central-1" },
      accounts: ["999999999999"],
    };
    await expect(apply({ ...planned, deployment: elsewhere })).rejects.toMatchObject({
      code: "CONFIG",
      detail: { what: "nothing is deployed" },
    });
  });
});

describe("what moto knows of a deployment", () => {
  /** Types of the sample configuration that moto's CloudFormation passes over in silence. */
  const UNKNOWN_TO_MOTO: readonly string[] = [
    "AWS::Athena::NamedQuery",
    "AWS::Athena::WorkGroup",
    "AWS::Budgets::Budget",
    "AWS::CloudWatch::Alarm",
    "AWS::Glue::Database",
    "AWS::Glue::Table",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
  ];

  test("the sample configuration is deployed as far as moto goes", async () => {
    const sample = readFileSync(path.join(import.meta.dirname, "../../../turnaway.yml"), "utf8");
    const planned = await account.plan(sample.replace("vpc-0a1b2c3d4e5f67890", "VPC"));
    await apply(planned);
    const wanted = new Set<string>();
    for (const { name, template } of planned.assembly.stacks) {
      const made = await madeIn(name);
      for (const [id, { Type }] of Object.entries(template.Resources ?? {}))
        if (!made.has(id)) wanted.add(Type);
    }
    expect([...wanted].toSorted()).toEqual(UNKNOWN_TO_MOTO);
  });

  async function madeIn(stack: string): Promise<Set<string | undefined>> {
    const client = new CloudFormationClient();
    const made = new Set<string | undefined>();
    for await (const page of paginateListStackResources({ client }, { StackName: stack }))
      for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (PhysicalResourceId) made.add(LogicalResourceId);
    return made;
  }
});
