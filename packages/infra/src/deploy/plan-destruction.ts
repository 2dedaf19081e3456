import { CloudFormationClient, GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import type { Environment } from "@turnaway/core/aws-clients";

import { type Deployment, nameOf, type Place } from "../deployment.ts";
import type { Template } from "./assemble.ts";
import { type Aws, connectAws } from "./aws/connect-aws.ts";
import { explainAwsError } from "./aws/explain-aws-error.ts";
import { type ExpectedStack, expectedStacks } from "./aws/expected-stacks.ts";
import { findStack, resourcesOf } from "./aws/live-stack.ts";
import { checkCaller } from "./preflight/check-caller.ts";
import { refuseErrors } from "./refuse-plan.ts";

/** What `deploy destroy` would do. */
export interface Destruction {
  /** Of the deployment. */
  readonly name: string;
  /** In the order in which they go. */
  readonly stacks: readonly StackEnd[];
  /** What a person has to do who wants the rest to go, too. */
  readonly byHand: readonly string[];
}

export interface StackEnd extends Place {
  readonly name: string;
  readonly goes: readonly LiveResource[];
  /** What stays in the account, and costs what it costs. */
  readonly stays: readonly LiveResource[];
}

export interface LiveResource {
  readonly type: string;
  /** Name, id or ARN in AWS; the id in the template where CloudFormation says none. */
  readonly physicalId: string;
}

export interface DestructionOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** A connection that is there already. Default: one of its own */
  readonly aws?: Aws;
}

/**
 * Lists what of the live stacks would go and what would stay. The stack of the logs is left out:
 * it holds the data, and is protected.
 *
 * @throws TurnawayError CONFIG for another account or without credentials, AWS where AWS does not
 * answer.
 */
export async function planDestruction(
  deployment: Deployment,
  { env, signal, aws: given }: DestructionOptions,
): Promise<Destruction> {
  const aws = given ?? (await connectAws(deployment.home, { env, signal }));
  refuseErrors([checkCaller(deployment, aws.caller)]);
  const logs = nameOf(deployment, "logs");
  const others = expectedStacks(deployment).filter(({ name }) => name !== logs);
  const looked = await Promise.all(
    others.map(async (stack) => ({ stack, end: await endOf(stack, { aws, signal }) })),
  );
  const live = looked.filter(({ end }) => end !== null);
  return {
    name: deployment.name,
    stacks: live
      .filter(({ stack }) => stack.isWanted)
      .map(({ end }) => end!)
      // What was made last refers to what was made before.
      .toReversed(),
    byHand: [
      ...live
        .filter(({ stack }) => !stack.isWanted)
        .map(({ stack }) => deleteCommand(stack.name, stack.place)),
      ...(await removeLogs(deployment, { aws, signal })),
    ],
  };
}

async function endOf(
  { name, place }: ExpectedStack,
  { aws, signal }: { readonly aws: Aws; readonly signal: AbortSignal },
): Promise<StackEnd | null> {
  const asked = { name, place, aws, signal };
  try {
    if ((await findStack(asked)) === null) return null;
    const client = await aws.client(CloudFormationClient, place);
    const command = new GetTemplateCommand({ StackName: name });
    const { TemplateBody = "{}" } = await client.send(command, { abortSignal: signal });
    const { Resources = {} } = JSON.parse(TemplateBody) as Template;
    const physicalIds = new Map(
      (await resourcesOf(asked)).map((one) => [one.LogicalResourceId, one.PhysicalResourceId]),
    );
    const of = (stays: boolean): LiveResource[] =>
      Object.entries(Resources)
        .filter(([, resource]) => isKept(resource) === stays)
        .map(([id, { Type }]) => ({ type: Type, physicalId: physicalIds.get(id) || id }));
    return { ...place, name, goes: of(false), stays: of(true) };
  } catch (error) {
    signal.throwIfAborted();
    throw explainAwsError(error, {
      what: `the stack ${name} could not be looked at`,
      service: "CloudFormation",
      region: place.region,
      permission: "cloudformation:GetTemplate and cloudformation:ListStackResources",
    });
  }
}

function isKept(resource: { readonly DeletionPolicy?: string } | undefined): boolean {
  return resource?.DeletionPolicy?.startsWith("Retain") === true;
}

async function removeLogs(
  deployment: Deployment,
  { aws, signal }: { readonly aws: Aws; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const { home, config } = deployment;
  const name = nameOf(deployment, "logs");
  if ((await findStack({ name, place: home, aws, signal })) === null) return [];
  const { bucket, createBucket } = config.logs;
  return [
    `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name} --region ${home.region}`,
    deleteCommand(name, home),
    // Even then the bucket stays, with every version of every file.
    ...(bucket !== null && createBucket
      ? [
          `aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration '{"Rules":[{"ID":"empty","Status":"Enabled","Filter":{},"Expiration":{"Days":1},"NoncurrentVersionExpiration":{"NoncurrentDays":1}}]}'`,
          `aws s3api delete-bucket --bucket ${bucket} --region ${home.region}`,
        ]
      : []),
  ];
}

function deleteCommand(name: string, { region }: Place): string {
  return `aws cloudformation delete-stack --stack-name ${name} --region ${region}`;
}
