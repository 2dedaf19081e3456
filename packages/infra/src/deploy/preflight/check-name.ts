import {
  CloudWatchLogsClient,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetDatabaseCommand, GlueClient } from "@aws-sdk/client-glue";
import { GetBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { factsOf } from "@turnaway/engines/aws";

import { nameOf, type Place } from "../../deployment.ts";
import { holds } from "../aws/live-stack.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { findBucket } from "./check-bucket.ts";
import { error, ok } from "./note.ts";

/** A name that a stack takes, and that only one can have. */
interface TakenName {
  /** `the bucket example-flow-logs`. */
  readonly what: string;
  readonly name: string;
  readonly place: Place;
  /** The stack that it belongs to. */
  readonly stack: string;
  /** What to write where it belongs to somebody else. */
  readonly fix: string;
}

/** Whether a bucket that is to be made is not there yet, or is ours. */
export function checkNewBucket(taken: Omit<TakenName, "what">, examined: Examined): Check {
  const { aws, signal } = examined;
  return checkName({ ...taken, what: `the bucket ${taken.name}` }, examined, {
    service: "S3",
    permission: `s3:ListBucket and s3:GetBucketTagging on ${taken.name}`,
    async find() {
      const s3 = await aws.client(S3Client, taken.place);
      const found = await findBucket(s3, taken.name, signal);
      if (found === null) return null;
      return async () => {
        if (!found.isOpen) return {};
        const asked = new GetBucketTaggingCommand({ Bucket: taken.name });
        const { TagSet } = await s3.send(asked, { abortSignal: signal });
        return Object.fromEntries((TagSet ?? []).map(({ Key, Value }) => [Key!, Value!]));
      };
    },
  });
}

/** The same for a log group. */
export function checkNewLogGroup(taken: Omit<TakenName, "what">, examined: Examined): Check {
  const { aws, signal } = examined;
  return checkName({ ...taken, what: `the log group ${taken.name}` }, examined, {
    service: "CloudWatch Logs",
    permission: "logs:DescribeLogGroups and logs:ListTagsForResource",
    async find() {
      const client = await aws.client(CloudWatchLogsClient, taken.place);
      const arn = await findLogGroup(client, taken.name);
      if (arn === null) return null;
      return async () => {
        const asked = new ListTagsForResourceCommand({ resourceArn: arn });
        return (await client.send(asked, { abortSignal: signal })).tags ?? {};
      };
    },
  });
}

/** The same for the database of the catalogue, which has parameters where others have tags. */
export function checkNewDatabase(taken: Omit<TakenName, "what">, examined: Examined): Check {
  const { aws, signal } = examined;
  return checkName({ ...taken, what: `the Glue database ${taken.name}` }, examined, {
    service: "Glue",
    permission: "glue:GetDatabase",
    async find() {
      const glue = await aws.client(GlueClient, taken.place);
      const found = await glue
        .send(new GetDatabaseCommand({ Name: taken.name }), { abortSignal: signal })
        .catch((failure: unknown) => {
          if (factsOf(failure).name === "EntityNotFoundException") return null;
          throw failure;
        });
      return found && (() => Promise.resolve(found.Database?.Parameters ?? {}));
    },
  });
}

type Tags = Readonly<Record<string, string>>;

/** What looking for a name takes of its service. */
interface Finder extends Pick<Check, "service" | "permission"> {
  /** Null where nothing has the name; else a way to read the tags of what has it. */
  readonly find: () => Promise<(() => Promise<Tags>) | null>;
}

function checkName(
  taken: TakenName,
  examined: Examined,
  { service, permission, find }: Finder,
): Check {
  const { what, place } = taken;
  return {
    about: what,
    place,
    service,
    permission,
    async look(): Promise<readonly PreflightNote[]> {
      const tagsOf = await find();
      if (tagsOf === null) return [ok(`${what} is not there yet`)];
      return noteOf(taken, examined, tagsOf);
    },
  };
}

async function findLogGroup(client: CloudWatchLogsClient, name: string): Promise<string | null> {
  for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
    const group = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (group !== undefined) return group.logGroupArn ?? group.arn?.replace(/:\*$/, "") ?? null;
  }
  return null;
}

/**
 * What holds data stays when its stack goes. The next deployment takes it back into the stack, if
 * its tag says that it is ours: whoever made it by hand would be surprised.
 */
async function noteOf(
  { what, name, place, stack, fix }: TakenName,
  { deployment, aws, signal }: Examined,
  tagsOf: () => Promise<Tags>,
): Promise<readonly PreflightNote[]> {
  const asked = { name: nameOf(deployment, stack), place, aws, signal };
  if (await holds(asked, name)) return [ok(`${what} is this deployment's own`)];
  const owner = await tagsOf().then(
    (tags) => tags["turnaway"],
    () => undefined, // nobody's, or whoever's that does not let us see
  );
  if (owner !== deployment.name) return [error(`${what} exists already`, fix)];
  const back = `${what} is left from an earlier deployment, and is taken back`;
  return [{ ...ok(back), takesBack: true }];
}
