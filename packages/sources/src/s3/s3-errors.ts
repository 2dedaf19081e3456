import { type ErrorDetail, interruptionOf, TurnawayError } from "@turnaway/core";

/** What was being asked of S3, for the message and for the permission to name. */
export interface S3Target {
  readonly permission: "s3:ListBucket" | "s3:GetObject";
  readonly bucket: string;
  /** Prefix or key. */
  readonly key: string;
}

/**
 * One line for whatever the SDK threw. AWS for all of it but an abort, which gives
 * INTERRUPTED or what the signal was aborted with.
 */
export function s3Error(error: unknown, request: S3Target, signal?: AbortSignal): TurnawayError {
  if (error instanceof TurnawayError) return error;
  if (signal?.aborted) return interruption(signal);
  const facts = factsOf(error);
  const where = `s3://${request.bucket}/${request.key}`;
  const what = request.permission === "s3:ListBucket" ? "Can not list" : "Can not download";
  for (const explain of EXPLANATIONS) {
    const explained = explain(facts, request);
    if (explained !== undefined) {
      return new TurnawayError("AWS", { what, where, ...explained }, { cause: error });
    }
  }
  const why = `S3 answered ${facts.name}${facts.message && `: ${facts.message}`}`;
  return new TurnawayError("AWS", { what, where, why }, { cause: error });
}

/** What a request that was interrupted ends with. */
export function interruption(signal: AbortSignal): TurnawayError {
  return interruptionOf(signal, { what: "Stopped", why: "reading from S3 was interrupted" });
}

/** True when every other request would fail for the same reason, so that going on is pointless. */
export function isSystemic(error: unknown): boolean {
  const facts = factsOf(error);
  return (
    isTokenExpired(facts) || isCredentials(facts) || isUnreachable(facts) || isWrongKeys(facts)
  );
}

/** True when fresh credentials may mend it. */
export function isExpired(error: unknown): boolean {
  return isTokenExpired(factsOf(error));
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number;
  readonly region: string | undefined;
  readonly attempts: number;
}

type Explanation = (
  facts: Facts,
  request: S3Target,
) => Pick<ErrorDetail, "why" | "fix"> | undefined;

const EXPLANATIONS: readonly Explanation[] = [
  credentials,
  expired,
  wrongKeys,
  clockSkew,
  encryptionKey,
  archived,
  denied,
  noBucket,
  gone,
  changed,
  elsewhere,
  unreachable,
  notS3,
  overloaded,
];

function credentials(facts: Facts): ReturnType<Explanation> {
  if (!isCredentials(facts)) return undefined;
  return {
    why: `no AWS credentials were found: ${facts.message}`,
    fix: "set AWS_PROFILE, run `aws sso login`, or give the job a role",
  };
}

function expired(facts: Facts): ReturnType<Explanation> {
  if (!isTokenExpired(facts)) return undefined;
  return {
    why: `the AWS session has expired (${facts.name})`,
    fix: "sign in again and repeat the command: what was downloaded is kept",
  };
}

function wrongKeys(facts: Facts): ReturnType<Explanation> {
  if (!isWrongKeys(facts)) return undefined;
  return {
    why: `AWS does not accept the access key (${facts.name})`,
    fix: "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN",
  };
}

function clockSkew(facts: Facts): ReturnType<Explanation> {
  if (facts.name !== "RequestTimeTooSkewed") return undefined;
  return { why: "this machine's clock is off by more than 15 minutes", fix: "set the clock" };
}

function encryptionKey({ name, message }: Facts): ReturnType<Explanation> {
  if (!name.startsWith("KMS.") && !/\bkms\b/i.test(message)) return undefined;
  const key = /arn:aws[\w-]*:kms:[\w-]+:\d+:key\/[\w-]+/.exec(message)?.[0];
  const keyText = key === undefined ? "the key that encrypts the bucket" : `the key ${key}`;
  if (name.startsWith("KMS.")) {
    return { why: `${keyText} can not be used (${name})`, fix: "enable the key again" };
  }
  return {
    why: `the permission kms:Decrypt is missing for ${keyText}`,
    fix: "allow kms:Decrypt in the role's policy and in the key policy",
  };
}

function archived({ name }: Facts): ReturnType<Explanation> {
  if (name !== "InvalidObjectState") return undefined;
  return {
    why: "the object is archived (Glacier) and can not be read as it is",
    fix: "restore it, or take a day that is not archived yet",
  };
}

function denied({ name, status }: Facts, request: S3Target): ReturnType<Explanation> {
  if (status !== 403 && !name.startsWith("AccessDenied")) return undefined;
  const resource = request.permission === "s3:ListBucket" ? request.bucket : `${request.bucket}/*`;
  return {
    why: `access denied: the permission ${request.permission} is missing`,
    fix: `allow ${request.permission} on arn:aws:s3:::${resource} in the role's policy and the bucket policy`,
  };
}

function noBucket({ name, status }: Facts, request: S3Target): ReturnType<Explanation> {
  const missing = name === "NoSuchBucket" || (name === "NotFound" && status === 404);
  if (!missing || request.bucket === "") return undefined;
  return {
    why: `there is no bucket named ${request.bucket}`,
    fix: "check the name, and that AWS_ENDPOINT_URL and the profile are the intended ones",
  };
}

function gone({ name }: Facts): ReturnType<Explanation> {
  if (name !== "NoSuchKey") return undefined;
  return { why: "it was deleted after it was listed", fix: "run again" };
}

function changed({ name }: Facts): ReturnType<Explanation> {
  if (name !== "PreconditionFailed") return undefined;
  return { why: "it was overwritten after it was listed", fix: "run again" };
}

function elsewhere({ name, status, region }: Facts): ReturnType<Explanation> {
  const redirected = status === 301 || name === "PermanentRedirect";
  if (!redirected && name !== "AuthorizationHeaderMalformed") return undefined;
  return {
    why: `the bucket is in ${region === undefined ? "another region" : `the region ${region}`}`,
    fix: `set AWS_REGION${region === undefined ? " to the bucket's region" : `=${region}`}`,
  };
}

function unreachable(facts: Facts): ReturnType<Explanation> {
  if (!isUnreachable(facts)) return undefined;
  const tries = facts.attempts > 1 ? ` in ${facts.attempts} attempts` : "";
  return {
    why: `S3 can not be reached${tries} (${facts.code || facts.name}: ${facts.message})`,
    fix: "check the network, the proxy and AWS_ENDPOINT_URL",
  };
}

function notS3({ name, message }: Facts): ReturnType<Explanation> {
  if (!/^(SyntaxError|TypeError|Unknown)/.test(name) && !/deserializ|parse/i.test(message)) {
    return undefined;
  }
  return {
    why: `the answer is not S3's (${name}: ${message.split("\n")[0]})`,
    fix: "check AWS_ENDPOINT_URL and whether a proxy answers instead of S3",
  };
}

function overloaded({ name, status, attempts }: Facts): ReturnType<Explanation> {
  if (status < 500) return undefined;
  const tries = attempts > 1 ? `, ${attempts} times in a row` : "";
  return { why: `S3 answered ${name} (${status})${tries}`, fix: "run again in some minutes" };
}

function isTokenExpired({ name, message }: Facts): boolean {
  return (
    /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/.test(name) ||
    (/Provider/.test(name) && /expired/i.test(message))
  );
}

function isCredentials({ name, message }: Facts): boolean {
  return /^(CredentialsProviderError|TokenProviderError)$/.test(name) && !/expired/i.test(message);
}

function isWrongKeys({ name }: Facts): boolean {
  return /^(InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch)$/.test(name);
}

function isUnreachable({ code, name, status }: Facts): boolean {
  return (
    status === 0 &&
    (name === "TimeoutError" ||
      /^(E(CONN\w+|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|TIMEDOUT|PIPE|PROTO)|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+|ERR_(TLS|SSL)\w+)$/.test(
        code,
      ))
  );
}

function factsOf(error: unknown): Facts {
  const { name, message, code, cause, $metadata, $response, Region } = Object(error) as {
    [key in "name" | "message" | "code" | "Region"]?: string;
  } & {
    cause?: unknown;
    $metadata?: { httpStatusCode?: number; attempts?: number };
    $response?: { headers?: Record<string, string> };
  };
  if (error instanceof TurnawayError && cause !== undefined) return factsOf(cause);
  return {
    name: name ?? "Error",
    message: (message ?? "").trim(),
    code: typeof code === "string" ? code : "",
    status: $metadata?.httpStatusCode ?? 0,
    region: $response?.headers?.["x-amz-bucket-region"] ?? Region,
    attempts: $metadata?.attempts ?? 1,
  };
}
