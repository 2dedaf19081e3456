import type { OperationName } from "./model/served.ts";
import type { QuickSightRequest } from "./request.ts";
import type { Outcome } from "./work.ts";

/** What goes wrong with one call. */
export type QuickSightFault =
  /** The connection is cut. */
  | { readonly kind: "reset" }
  /** No answer ever comes. */
  | { readonly kind: "hang" }
  /** Half of the JSON, declared as if it were all of it. */
  | { readonly kind: "bad-json" }
  /** An error as the service writes it. */
  | {
      readonly kind: "refuse";
      readonly type: string;
      readonly message: string;
      /** By default the one that goes with the type. */
      readonly status?: number;
    }
  /** The call is answered as ever, and what it begins ends like this. */
  | { readonly kind: "outcome"; readonly outcome: Outcome };

export interface QuickSightFaultRule {
  readonly fault: QuickSightFault;
  /** `before`, the default: the work is not done; `after`: it is, and only the answer suffers. */
  readonly stage?: "before" | "after";
  /** An operation, or a look at the whole call. */
  readonly when: OperationName | ((request: QuickSightRequest) => boolean);
  /** How many calls it hits; one by default. */
  readonly times?: number;
}

/** Every way to fail that a client has to survive, by the name a table shows. */
export const QUICKSIGHT_FAULTS = {
  reset: { kind: "reset" },
  hang: { kind: "hang" },
  "bad JSON": { kind: "bad-json" },
  throttled: refusal("ThrottlingException", "Rate exceeded"),
  "500": refusal("InternalFailureException", "An internal failure occurred"),
  "503": refusal("ServiceUnavailableException", "Service Unavailable", 503),
  conflict: refusal("ConflictException", "Another request for this resource is in progress"),
  denied: refusal(
    "AccessDeniedException",
    "User: arn:aws:sts::123456789012:assumed-role/deploy/session is not authorized to perform this action",
  ),
  "expired token": refusal(
    "ExpiredTokenException",
    "The security token included in the request is expired",
    403,
  ),
  limit: refusal("LimitExceededException", "The limit of this account is exceeded"),
  edition: refusal(
    "UnsupportedUserEditionException",
    "This operation is not supported in the edition that you subscribed to",
  ),
  fails: { kind: "outcome", outcome: { errors: [] } },
  stuck: { kind: "outcome", outcome: { isStuck: true } },
} as const satisfies Record<string, QuickSightFault>;

/** The same error of an operation as often as a rule says. */
export function refusal(type: string, message: string, status?: number): QuickSightFault {
  return { kind: "refuse", type, message, ...(status !== undefined && { status }) };
}

/** Hands out each fault as often as its rule says; the rule given first wins. */
export class QuickSightFaultScript {
  private rules: (QuickSightFaultRule & { left: number })[] = [];

  add(rule: QuickSightFaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? 1 });
  }

  clear(): void {
    this.rules = [];
  }

  next(request: QuickSightRequest): QuickSightFaultRule | undefined {
    const rule = this.rules.find((each) => each.left > 0 && matches(each, request));
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }
}

function matches({ when }: QuickSightFaultRule, request: QuickSightRequest): boolean {
  return typeof when === "string" ? when === request.operation : when(request);
}
