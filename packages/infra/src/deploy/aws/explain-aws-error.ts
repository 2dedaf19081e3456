import { TurnawayError } from "@turnaway/core";
import {
  type Explained,
  explainFailure,
  explainIdentity,
  explainService,
  factsOf,
  findMissingPermission,
} from "@turnaway/engines/aws";

/** What was asked, for the sentences. */
export interface Asked {
  /** What did not work, in the words of the person who asked. */
  readonly what: string;
  /** `CloudFormation`, `EC2`. */
  readonly service: string;
  readonly region: string;
  /** Permission that it takes, for where AWS does not say. */
  readonly permission?: string;
}

/** One line for whatever the SDK threw; errors of our own pass. */
export function explainAwsError(error: unknown, asked: Asked): TurnawayError {
  if (error instanceof TurnawayError) return error;
  const { code = "AWS", ...detail } = explainFailure(error, asked, {
    explanations: [
      explainIdentity,
      (thrown, _, { permission }) => explainDenied(thrown, permission),
      explainService,
    ],
    fix: "run it again with TURNAWAY_DEBUG=1 for the whole answer",
  });
  return new TurnawayError(
    code,
    { what: asked.what, where: asked.region, ...detail },
    {
      cause: error,
    },
  );
}

/** Which permission is missing; undefined where the error is about something else. */
export function explainDenied(error: unknown, permission?: string): Explained | undefined {
  if (!isDenied(error)) return undefined;
  const { message } = factsOf(error);
  const missing = findMissingPermission(message);
  const needed = missing?.permission ?? permission;
  if (needed === undefined) return { why: `AWS refused it: ${message}` };
  const resource = missing?.resource ?? null;
  const on = resource === null ? "" : ` on ${resource}`;
  return {
    why: `${needed}${on} is not allowed`,
    fix: missing?.fix ?? `allow ${needed} to whoever deploys`,
  };
}

/** Whether AWS knows who asks and does not let them. */
export function isDenied(error: unknown): boolean {
  const { name, message } = factsOf(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (/^(AccessDenied|UnauthorizedOperation|AuthorizationError|Forbidden)/.test(name)) return true;
  return /is not authorized to perform/i.test(message) || (status === 403 && name === "403");
}
