import type { GithubRequest } from "./request.ts";

/** What goes wrong with one request. */
export type GithubFault =
  /** The connection is cut. */
  | { readonly kind: "reset" }
  /** No answer ever comes. */
  | { readonly kind: "hang" }
  /** The right answer, late. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Half of the JSON, declared as if it were all of it. */
  | { readonly kind: "bad-json" }
  /** A write is answered 200, and the text that was there before is kept and sent back. */
  | { readonly kind: "old-body" }
  /** An error as GitHub writes it. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly errors?: readonly Readonly<Record<string, string>>[];
    };

export interface GithubFaultRule {
  readonly fault: GithubFault;
  /** `before`: the work is not done; `after`: it is done, and only the answer suffers. */
  readonly stage: "before" | "after";
  readonly when: (request: GithubRequest) => boolean;
  /** How many requests it hits; one by default. */
  readonly times?: number;
}

/** Every way to fail that a client has to survive, by the name a table shows. */
export const GITHUB_FAULTS = {
  reset: { kind: "reset" },
  hang: { kind: "hang" },
  slow: { kind: "slow", ms: 30 },
  "500": refusal(500, "Server Error"),
  "502": refusal(502, "Bad Gateway"),
  "403 secondary, retry-after": refusal(403, secondaryText(), { "retry-after": "1" }),
  "403 secondary": refusal(403, secondaryText()),
  "403 primary": refusal(403, "API rate limit exceeded for installation ID 1.", {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "0",
  }),
  "403 permission": refusal(403, "Resource not accessible by integration"),
  "429": refusal(429, "Too many requests", { "retry-after": "1" }),
  "401": refusal(401, "Bad credentials"),
  "404": refusal(404, "Not Found"),
  "410": refusal(410, "Issues has been disabled in this repository."),
  "422": refusal(422, "Validation Failed"),
  "bad JSON": { kind: "bad-json" },
  "200, old body": { kind: "old-body" },
} as const satisfies Record<string, GithubFault>;

function secondaryText(): string {
  return "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
}

function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GithubFault {
  return { kind: "refuse", status, message, headers };
}

/** Hands out each fault as often as its rule says; the rule given first wins. */
export class GithubFaultScript {
  private rules: (GithubFaultRule & { left: number })[] = [];

  add(rule: GithubFaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? 1 });
  }

  clear(): void {
    this.rules = [];
  }

  next(request: GithubRequest): GithubFaultRule | undefined {
    const rule = this.rules.find((each) => each.left > 0 && each.when(request));
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }
}
