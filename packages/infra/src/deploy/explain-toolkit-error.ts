import { stripVTControlCharacters } from "node:util";

import { ToolkitError } from "@aws-cdk/toolkit-lib";
import { type ErrorDetail, TurnawayError } from "@turnaway/core";
import { explainIdentity, explainService, factsOf } from "@turnaway/engines/aws";

import type { Place } from "../deployment.ts";
import { explainDenied } from "./aws/explain-aws-error.ts";
import { bootstrapCommand } from "./preflight/check-bootstrap.ts";

/** What the toolkit was asked to do. */
export interface AskedToolkit {
  /** What did not work: `turnaway-production-logs could not be deployed`. */
  readonly what: string;
  /** Where; null for several places at once. */
  readonly place: Place | null;
}

/** One line for whatever the toolkit or the SDK below it threw; errors of our own pass. */
export function explainToolkitError(error: unknown, asked: AskedToolkit): TurnawayError {
  if (error instanceof TurnawayError) return error;
  const { what, place } = asked;
  const where = place === null ? undefined : `${place.account}, ${place.region}`;
  const { code = "AWS", ...detail } = explain(error, asked);
  return new TurnawayError(
    code,
    { what, ...(where !== undefined && { where }), ...detail },
    { cause: error },
  );
}

type Explained = Pick<ErrorDetail, "why" | "fix"> & { readonly code?: "CONFIG" | "AWS" | "BUG" };

function explain(error: unknown, asked: AskedToolkit): Explained {
  // The toolkit wraps what the SDK threw, and says less than that.
  for (const one of causes(error)) {
    const explained = explainToolkit(one) ?? explainSdk(one, asked);
    if (explained !== undefined) return explained;
  }
  const why = firstLine(error);
  // What is thrown by neither is no answer of AWS.
  if (error instanceof TypeError || error instanceof ReferenceError) return { code: "BUG", why };
  return { why, fix: "run it again with TURNAWAY_DEBUG=1 for the whole answer" };
}

function explainSdk(error: unknown, { place }: AskedToolkit): Explained | undefined {
  const facts = factsOf(error);
  const service = { service: "AWS", region: place?.region ?? "the region" };
  return (
    (explainIdentity(error, facts) as Explained | undefined) ??
    (explainDenied(error) as Explained | undefined) ??
    (explainService(error, facts, service) as Explained | undefined)
  );
}

function explainToolkit(error: unknown): Explained | undefined {
  if (!ToolkitError.isToolkitError(error)) return undefined;
  if (ToolkitError.isBootstrapError(error)) {
    const { account, region } = error.environment;
    return {
      code: "CONFIG",
      why: `${account}, ${region} is not bootstrapped, or not by a version that is new enough`,
      fix: `run \`${bootstrapCommand(error.environment, null)}\` with credentials of that account`,
    };
  }
  if (ToolkitError.isLockError(error)) {
    return {
      why: "another run uses the folder of the templates",
      fix: "wait until it is done, and run again",
    };
  }
  return NO_CREDENTIALS.test(error.message) ? explainSignIn(error) : undefined;
}

const NO_CREDENTIALS =
  /Need to perform AWS calls for account|Unable to resolve AWS account|no credentials|Could not assume role/i;

function explainSignIn(error: Error): Explained {
  const wrong = /for account (\d{12}), but the current credentials are for (\d{12})/.exec(
    error.message,
  );
  if (wrong !== null) {
    return {
      code: "CONFIG",
      why: `signed in to ${wrong[2]!}, and no role of the CDK bootstrap in ${wrong[1]!} lets that account in`,
      fix: `sign in to ${wrong[1]!}, or bootstrap it with --trust ${wrong[2]!}`,
    };
  }
  return {
    code: "CONFIG",
    why: firstLine(error),
    fix: "set AWS_PROFILE, run `aws sso login`, or give the job a role",
  };
}

// Bounded, since an error may be its own cause.
function causes(error: unknown, depth = 8): readonly unknown[] {
  if (error === undefined || error === null || depth === 0) return [];
  return [error, ...causes((error as { cause?: unknown }).cause, depth - 1)];
}

function firstLine(error: unknown): string {
  const message = stripVTControlCharacters((error as Error)?.message ?? String(error));
  const line = message.split("\n").find((one) => one.trim() !== "") ?? "it gave no reason";
  return line.trim().replace(/\.$/, "");
}
