import type { ErrorCode, ErrorDetail } from "@turnaway/core";

import {
  type ErrorFacts,
  factsOf,
  isClockSkew,
  isCredentials,
  isExpired,
  isReachability,
  isThrottled,
  isTransport,
} from "./error-facts.ts";

/** Why a request failed and what to do; the code is AWS unless said otherwise. */
export type Explained = Pick<ErrorDetail, "why" | "fix"> & { readonly code?: ErrorCode };

/** Explains the error when it is one of its kind. */
export type Explanation<Asked> = (
  error: unknown,
  facts: ErrorFacts,
  asked: Asked,
) => Explained | undefined;

/** The first explanation that fits; of an error that nobody knows its name, and `fix`. */
export function explainFailure<Asked>(
  error: unknown,
  asked: Asked,
  { explanations, fix }: { explanations: readonly Explanation<Asked>[]; fix: string },
): Explained {
  const facts = factsOf(error);
  for (const explain of explanations) {
    const explained = explain(error, facts, asked);
    if (explained !== undefined) return explained;
  }
  return { why: `AWS answered ${facts.name}${facts.message && `: ${facts.message}`}`, fix };
}

/** What {@link explainIdentity} and {@link explainService} put into their sentences. */
export interface AskedService {
  /** `Athena`, `CloudWatch Logs`. */
  readonly service: string;
  readonly region: string;
}

/** Who asks is not known to AWS, or no longer; before anything else, since all else follows. */
export function explainIdentity(
  error: unknown,
  { name, message, serverDate }: ErrorFacts,
): Explained | undefined {
  if (isCredentials(error)) {
    return {
      code: "CONFIG",
      why: `no AWS credentials were found: ${message}`,
      fix: "set AWS_PROFILE, run `aws sso login`, or give the job a role",
    };
  }
  if (isExpired(error)) {
    return {
      why: `the AWS session has expired (${name}), and no newer one was found`,
      fix: "sign in again and repeat the command",
    };
  }
  // A signature that came too late is no wrong key, though AWS gives both the same name.
  if (isClockSkew(error)) {
    const theirs = serverDate === "" ? "" : `: for AWS it is ${serverDate}`;
    return {
      why: `this machine's clock is off by more than 5 minutes${theirs}`,
      fix: "set the clock",
    };
  }
  if (!WRONG_KEYS.has(name)) return undefined;
  return {
    why: `AWS does not accept the access key (${name})`,
    fix: "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN",
  };
}

/** The service is busy, or can't be reached, or something else answers in its place. */
export function explainService(
  error: unknown,
  { name, status, code }: ErrorFacts,
  { service, region }: AskedService,
): Explained | undefined {
  if (isThrottled(error)) {
    return {
      why: `AWS answered ${name}${status > 0 ? ` (${status})` : ""} until the deadline`,
      fix: "run again in some minutes",
    };
  }
  if (isReachability(error)) {
    return {
      why: `${service} in ${region} can not be reached (${code})`,
      fix: "check the network, AWS_REGION, HTTPS_PROXY and AWS_ENDPOINT_URL",
    };
  }
  if (name === "SyntaxError") {
    return {
      why: `the answer is not that of ${service}`,
      fix: "check AWS_ENDPOINT_URL and whether a proxy answers instead of AWS",
    };
  }
  if (!isTransport(error)) return undefined;
  return {
    why: `the connection broke off again and again (${code || name})`,
    fix: "check the network and run again",
  };
}

const WRONG_KEYS = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "IncompleteSignature",
  "SignatureDoesNotMatch",
  "MissingAuthenticationToken",
]);
