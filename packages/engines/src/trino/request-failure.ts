/**
 * What a request failed with, without the request: that has credentials in its headers,
 * and errors are printed.
 */
export class RequestFailure extends Error {
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** Code of Node or OpenSSL, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: Pick<RequestFailure, "status" | "code" | "retryAfterMs">) {
    super(message);
    this.name = "RequestFailure";
    this.status = facts.status;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
  }

  get isTransient(): boolean {
    return this.status === undefined
      ? TRANSIENT_CODES.has(this.code ?? "")
      : TRANSIENT_STATUS.has(this.status);
  }
}

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

// A name that is not known and a port where nobody listens are wrong settings, mostly.
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "ENETDOWN",
  "EHOSTUNREACH",
]);

/** Anything that was thrown by a request, as what a person can be told. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const { message, code, response } = error as {
    message?: string;
    code?: string;
    response?: {
      status: number;
      data?: unknown;
      headers?: Readonly<Record<string, unknown>>;
    };
  };
  const said = typeof response?.data === "string" ? firstLine(response.data) : "";
  return new RequestFailure(said === "" ? (message ?? String(error)) : said, {
    status: response?.status,
    code,
    retryAfterMs: secondsToMs(response?.headers?.["retry-after"]),
  });
}

// Of a proxy's HTML page no line says anything.
function firstLine(text: string): string {
  const line = text.trim().split("\n")[0]!.slice(0, 300);
  return line.startsWith("<") ? "" : line.replace(/\.$/, "");
}

function secondsToMs(value: unknown): number | undefined {
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
