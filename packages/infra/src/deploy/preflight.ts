import type { Environment } from "@turnaway/core/aws-clients";

import type { Deployment } from "../deployment.ts";
import { repositoryOf } from "../github-subject.ts";
import { resultsBucketName } from "../results-bucket.ts";
import { type Aws, connectAws } from "./aws/connect-aws.ts";
import { expectedStacks, placesOf } from "./aws/expected-stacks.ts";
import type { PreflightNote } from "./deploy-plan.ts";
import { checkBootstrap } from "./preflight/check-bootstrap.ts";
import { checkExistingBucket } from "./preflight/check-bucket.ts";
import { checkCaller } from "./preflight/check-caller.ts";
import { checkFlowLogs } from "./preflight/check-flow-logs.ts";
import { checkKey } from "./preflight/check-key.ts";
import { checkNewBucket, checkNewDatabase, checkNewLogGroup } from "./preflight/check-name.ts";
import { checkProvider } from "./preflight/check-provider.ts";
import { checkRoleQuota, checkVpcQuota } from "./preflight/check-quotas.ts";
import { checkStack } from "./preflight/check-stack.ts";
import { checkWatched } from "./preflight/check-watched.ts";
import { type Check, type Examined, runCheck } from "./preflight/check.ts";

export interface ExamineOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** A connection that is there already. Default: one of its own */
  readonly aws?: Aws;
}

/**
 * Looks for what would stop a deployment, or make it deliver nothing, before anything is changed.
 * Only reads. A check that is not let to look is a warning that names the permission.
 *
 * @throws TurnawayError CONFIG without credentials, AWS where AWS does not answer.
 */
export async function examine(
  deployment: Deployment,
  { env, signal, aws: given }: ExamineOptions,
): Promise<readonly PreflightNote[]> {
  const aws = given ?? (await connectAws(deployment.home, { env, signal }));
  const caller = checkCaller(deployment, aws.caller);
  // Whatever else would be found is about somebody else's account.
  if (caller.level === "error") return [caller];
  const checks = checksOf({ deployment, aws, signal });
  const notes = await Promise.all(checks.map((check) => runCheck(check, signal)));
  return [caller, ...notes.flat()].toSorted(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  );
}

/** The gravest first; within one, in the order in which things are made. */
const LEVELS: readonly PreflightNote["level"][] = ["error", "warning", "ok"];

/** Whether anything that is left from an earlier deployment has to be taken back into its stack. */
export function takesBack(notes: readonly PreflightNote[]): boolean {
  return notes.some((note) => note.takesBack === true);
}

function checksOf(examined: Examined): readonly Check[] {
  const { deployment } = examined;
  return [
    ...placesOf(deployment).map((place) => checkBootstrap(place, examined)),
    ...expectedStacks(deployment).map((stack) => checkStack(stack, examined)),
    ...bucketChecks(examined),
    ...databaseChecks(examined),
    ...deployment.places.flatMap((place) => [
      checkWatched(place, examined),
      ...logGroupChecks(place, examined),
      checkFlowLogs(place, examined),
    ]),
    ...(repositoryOf(deployment) === null ? [] : [checkProvider(examined)]),
    checkRoleQuota(examined),
    ...(deployment.config.infrastructure.demoNetwork ? [checkVpcQuota(examined)] : []),
  ];
}

function bucketChecks(examined: Examined): readonly Check[] {
  const { deployment } = examined;
  const { home, config } = deployment;
  const { bucket, createBucket, kmsKey } = config.logs;
  const isNew = { name: bucket!, place: home, stack: "logs" };
  const fix = "write `logs.createBucket: false` to use it as it is, or choose another name";
  const results = resultsBucketName(deployment);
  return [
    ...(bucket === null
      ? []
      : [
          createBucket
            ? checkNewBucket({ ...isNew, fix }, examined)
            : checkExistingBucket(bucket, examined),
        ]),
    ...(kmsKey === null ? [] : [checkKey(kmsKey, examined)]),
    ...(config.athena.results === "bucket"
      ? [
          checkNewBucket(
            {
              name: results,
              place: home,
              stack: "catalogue",
              fix: "remove that bucket, or write `athena.results: managed`",
            },
            examined,
          ),
        ]
      : []),
  ];
}

function databaseChecks(examined: Examined): readonly Check[] {
  const { home, config } = examined.deployment;
  if (config.logs.bucket === null) return [];
  const fix = "choose another name in `athena.database`";
  const taken = { name: config.athena.database, place: home, stack: "catalogue", fix };
  return [checkNewDatabase(taken, examined)];
}

function logGroupChecks(
  { account, region }: Deployment["places"][number],
  examined: Examined,
): readonly Check[] {
  const { logGroup, createLogGroup } = examined.deployment.config.cloudwatch;
  if (logGroup === null || !createLogGroup) return [];
  const fix = "write `cloudwatch.createLogGroup: false` to use it as it is, or choose another name";
  const taken = { name: logGroup, place: { account, region }, stack: "flow-logs", fix };
  return [checkNewLogGroup(taken, examined)];
}
