/** What an error of the SDK says about itself. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** Of Node, for errors of the connection. */
  readonly code: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Athena's own, such as `NO_OUTPUT_LOCATION`. */
  readonly athenaCode: string;
  /** What time it is for the service, as its answer says; empty where there was none. */
  readonly serverDate: string;
}

export function factsOf(error: unknown): ErrorFacts {
  const e = (error ?? {}) as Record<string, unknown> & {
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Readonly<Record<string, unknown>> };
    cause?: { code?: unknown };
  };
  return {
    name: text(e["name"]) || "Error",
    message: (text(e["message"]) || text(e["Message"])).replace(/\.$/, ""),
    code: text(e["code"]) || text(e.cause?.code),
    status: e.$metadata?.httpStatusCode ?? 0,
    athenaCode: text(e["AthenaErrorCode"]),
    serverDate: text(e.$response?.headers?.["date"]),
  };
}

/** The service is busy or broken, which passes. */
export function isThrottled(error: unknown): boolean {
  const { name, status } = factsOf(error);
  return THROTTLES.has(name) || status === 429 || isServerError(error);
}

export function isServerError(error: unknown): boolean {
  const { name, status } = factsOf(error);
  return status >= 500 || name === "InternalServerException" || name === "InternalFailure";
}

/** The answer was lost on the way: whether the request took effect is not known. */
export function isTransport(error: unknown): boolean {
  const { name, code, status } = factsOf(error);
  // A body that ends early is no JSON; the SDK has then a status of success and a syntax error.
  // An abort that the caller did not ask for is the limit of one request.
  if (name === "TimeoutError" || name === "AbortError") return true;
  return TRANSPORT.has(code) || (name === "SyntaxError" && status < 300);
}

/** Nobody answers at that address. */
export function isReachability(error: unknown): boolean {
  return UNREACHABLE.has(factsOf(error).code);
}

export function isExpired(error: unknown): boolean {
  const { name, message } = factsOf(error);
  return /^ExpiredToken|^RequestExpired$/.test(name) || /token .*(is|has) expired/i.test(message);
}

/** The service's clock and this machine's are too far apart for a signature. */
export function isClockSkew(error: unknown): boolean {
  const { name, message } = factsOf(error);
  return /signature (not yet|expired)/i.test(message) || name.endsWith("Skewed");
}

/** The set-up gives no usable key at all, as against a key that AWS refuses. */
export function isCredentials(error: unknown): boolean {
  const { name } = factsOf(error);
  return name === "CredentialsProviderError" || name === "TokenProviderError";
}

const THROTTLES = new Set([
  // Of CloudWatch Logs, when as many queries run as may.
  "LimitExceededException",
  "TooManyRequestsException",
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "SlowDown",
]);

const TRANSPORT = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "ERR_STREAM_PREMATURE_CLOSE"]);

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
