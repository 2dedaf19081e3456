import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { parseDeployableConfig } from "@turnaway/core";
import { installMoto, startMotoServer } from "@turnaway/testing/moto";
import { defaultCacheFolder } from "@turnaway/testing/trino";

import { assemble, type Assembly } from "../src/deploy/assemble.ts";
import type { DeployPlan } from "../src/deploy/deploy-plan.ts";
import { makePlan } from "../src/deploy/make-plan.ts";
import { type Deployment, planDeployment } from "../src/deployment.ts";

/** The account and the region that moto answers for, and that the sample configuration names. */
export const HOME = { account: "123456789012", region: "eu-central-1" } as const;

/** An account in moto, with an empty VPC. */
export interface MotoAccount {
  readonly vpcId: string;
  /** What the command would have of its process. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Forgets everything, and makes the VPC again. */
  reset(): Promise<void>;
  /** Compares a configuration with what is live; `VPC` in the text stands for the VPC's id. */
  plan(yaml: string): Promise<Planned>;
  stop(): Promise<void>;
}

export interface Planned {
  readonly deployment: Deployment;
  readonly assembly: Assembly;
  readonly plan: DeployPlan;
}

/**
 * Starts moto and signs this process in to it: the toolkit reads the environment by itself. Needs
 * Python 3 with pip the first time, and takes minutes then.
 */
export async function openAccount(): Promise<MotoAccount> {
  const signal = new AbortController().signal;
  const moto = await startMotoServer(
    await installMoto({ cacheDir: defaultCacheFolder(), signal }),
    signal,
  );
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-moto-"));
  delete process.env["AWS_PROFILE"];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: moto.url,
    AWS_REGION: HOME.region,
    AWS_ACCESS_KEY_ID: "moto",
    AWS_SECRET_ACCESS_KEY: "moto",
    // The toolkit remembers there whose keys are whose.
    CDK_HOME: path.join(folder, "cdk"),
  });
  let vpcId = await makeVpc();
  const { env } = process;
  return {
    get vpcId() {
      return vpcId;
    },
    env,
    signal,
    async reset() {
      await moto.reset();
      vpcId = await makeVpc();
    },
    async plan(yaml) {
      const deployment = deploymentOf(yaml, vpcId);
      const assembly = assemble(deployment, mkdtempSync(path.join(folder, "assembly-")));
      const readViews = (): Promise<[]> => Promise.resolve([]);
      const plan = await makePlan(
        { deployment, assembly, offline: null, readViews },
        { env, signal, say: () => undefined },
      );
      return { deployment, assembly, plan };
    },
    async stop() {
      await moto.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What `VPC` stands for is filled in. */
export function deploymentOf(yaml: string, vpcId: string): Deployment {
  const text = yaml.replaceAll("VPC", vpcId);
  return planDeployment(parseDeployableConfig(text, "turnaway.yml").config);
}

/** As much of `cdk bootstrap` as the toolkit looks at; moto lets everybody take every role. */
export async function bootstrap(version = "30"): Promise<void> {
  const { account, region } = HOME;
  await new SSMClient().send(
    new PutParameterCommand({
      Name: "/cdk-bootstrap/hnb659fds/version",
      Value: version,
      Type: "String",
    }),
  );
  await makeBucket(`cdk-hnb659fds-assets-${account}-${region}`);
}

export async function makeBucket(name: string, region: string = HOME.region): Promise<void> {
  await new S3Client({ region }).send(
    new CreateBucketCommand({
      Bucket: name,
      ...(region !== "us-east-1" && {
        CreateBucketConfiguration: { LocationConstraint: region as "eu-central-1" },
      }),
    }),
  );
}

async function makeVpc(): Promise<string> {
  const { Vpc } = await new EC2Client().send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  return Vpc!.VpcId!;
}
