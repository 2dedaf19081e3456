import { TurnawayError } from "@turnaway/core";
import {
  type ErrorFacts,
  type Explained,
  type Explanation,
  explainFailure,
  explainIdentity,
  explainService,
  factsOf,
  findMissingPermission,
} from "@turnaway/engines/aws";

/** What was being asked, for the message and for the permission to name. */
export interface AskedOf {
  readonly service: string;
  /** The operation as IAM calls it, without the service. */
  readonly operation: string;
  /** Whom it is about: an id, or words. */
  readonly subject: string;
  readonly region: string;
}

/** One line for whatever the SDK threw; errors of our own pass. */
export function requestFailure(error: unknown, asked: AskedOf): TurnawayError {
  if (error instanceof TurnawayError) return error;
  const { code = "AWS", ...detail } = explainFailure(error, asked, {
    explanations: EXPLANATIONS,
    fix: "run `turnaway dashboards init`",
  });
  const what = `${asked.service} did not answer ${asked.operation}`;
  return new TurnawayError(code, { what, where: asked.subject, ...detail }, { cause: error });
}

/** Name of the exception that AWS answered with; empty for whatever is none. */
export function exceptionName(error: unknown): string {
  const cause = error instanceof TurnawayError ? error.cause : error;
  return cause === undefined ? "" : factsOf(cause).name;
}

export function isMissing(error: unknown): boolean {
  return exceptionName(error) === "ResourceNotFoundException";
}

export function isRefused(error: unknown): boolean {
  return exceptionName(error).startsWith("AccessDenied");
}

const EXPLANATIONS: readonly Explanation<AskedOf>[] = [
  explainIdentity,
  edition,
  denied,
  limit,
  conflict,
  taken,
  missing,
  explainService,
  invalid,
];

function edition(_error: unknown, { name }: ErrorFacts): Explained | undefined {
  if (name !== "UnsupportedUserEditionException") return undefined;
  return {
    code: "CONFIG",
    why: "the QuickSight account is not of the Enterprise edition, which dashboards as files need",
    fix: "upgrade it in QuickSight under Manage account, and run `turnaway dashboards init`",
  };
}

function denied(_error: unknown, facts: ErrorFacts, asked: AskedOf): Explained | undefined {
  const known = findMissingPermission(facts.message);
  if (known !== undefined) {
    return { why: `access denied: the permission ${known.permission} is missing`, fix: known.fix };
  }
  if (!facts.name.startsWith("AccessDenied") && facts.status !== 403) return undefined;
  const permission = `${asked.service.toLowerCase()}:${asked.operation}`;
  return {
    why: `access denied: the permission ${permission} is missing`,
    fix: `allow ${permission} on ${asked.subject} in the role's policy`,
  };
}

function limit(_error: unknown, { name, message }: ErrorFacts): Explained | undefined {
  if (name !== "LimitExceededException") return undefined;
  return {
    why: `a limit of the account is reached: ${message || name}`,
    fix: /spice|capacity/i.test(message)
      ? "buy SPICE capacity in QuickSight, delete data sets that nobody reads, or write `mode: direct` in the data set's file"
      : "ask AWS for a higher quota, or delete what nobody uses",
  };
}

function conflict(_error: unknown, { name, message }: ErrorFacts): Explained | undefined {
  if (name !== "ConflictException" && name !== "ConcurrentUpdatingException") return undefined;
  return {
    why: `it was being changed until the deadline: ${message || name}`,
    fix: "wait until nobody else deploys, and run the same command again",
  };
}

function taken(_error: unknown, { name }: ErrorFacts): Explained | undefined {
  if (name !== "ResourceExistsException") return undefined;
  return {
    code: "CONFLICT",
    why: "somebody made it at the same time",
    fix: "run the same command again",
  };
}

function missing(_error: unknown, { name, message }: ErrorFacts): Explained | undefined {
  if (name !== "ResourceNotFoundException") return undefined;
  return {
    why: `there is no such thing: ${message || name}`,
    fix: "run `turnaway dashboards plan`, and the same command again",
  };
}

function invalid(_error: unknown, { name, message }: ErrorFacts): Explained | undefined {
  if (name !== "InvalidParameterValueException" && name !== "ValidationException") return undefined;
  return {
    why: `QuickSight refused the request: ${message || name}`,
    fix: /principal/i.test(message)
      ? "run `turnaway dashboards init`: it says who is missing"
      : "run `turnaway dashboards check`",
  };
}
