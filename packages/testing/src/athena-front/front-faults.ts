import type { FrontRequest } from "./front-request.ts";

/** What goes wrong with one answer. */
export type FrontFault =
  /** The connection is cut before the call is looked at. */
  | { readonly kind: "reset" }
  /** The call takes effect, and its answer is lost. */
  | { readonly kind: "lost" }
  /** The call is taken and never answered. */
  | { readonly kind: "hang" }
  /** Half of the body, declared as if it were all of it. */
  | { readonly kind: "short" }
  /** 200 and a body that is not Athena's. */
  | { readonly kind: "garbage" }
  /** 200 and an answer without its members. */
  | { readonly kind: "empty" }
  /** An error as AWS JSON 1.1 writes it. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly members?: Readonly<Record<string, unknown>>;
    };

export interface FrontFaultRule {
  readonly fault: FrontFault;
  /** Operation, or a look at the whole call. */
  readonly when: string | ((request: FrontRequest) => boolean);
  /** How many calls it hits; every one by default. */
  readonly times?: number;
  /** How many matching calls pass before it; none by default. */
  readonly after?: number;
}

export function refuseCall(
  status: number,
  type: string,
  message: string = type,
  members: Readonly<Record<string, unknown>> = {},
): FrontFault {
  return { kind: "refuse", status, type, message, members };
}

/** Hands out each fault as often as its rule says; the rule given first wins. */
export class FrontFaults {
  private rules: (FrontFaultRule & { left: number; passing: number })[] = [];

  add(rule: FrontFaultRule): void {
    const { times = Number.POSITIVE_INFINITY, after = 0 } = rule;
    this.rules.push({ ...rule, left: times, passing: after });
  }

  clear(): void {
    this.rules = [];
  }

  next(request: FrontRequest): FrontFault | undefined {
    const rule = this.rules.find((each) => each.left > 0 && matches(each, request));
    if (rule === undefined) return undefined;
    if (rule.passing > 0) {
      rule.passing -= 1;
      return undefined;
    }
    rule.left -= 1;
    return rule.fault;
  }
}

function matches({ when }: FrontFaultRule, request: FrontRequest): boolean {
  return typeof when === "string" ? when === request.operation : when(request);
}
