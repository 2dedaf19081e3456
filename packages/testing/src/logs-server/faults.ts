import type { LogsRequest } from "./request.ts";

/** What goes wrong with a request, or with the query that it is about. */
export type Fault =
  /** The connection is cut before the request takes effect. */
  | { readonly kind: "reset" }
  /** The request takes effect, and its answer is lost. */
  | { readonly kind: "lose" }
  /** The request is taken and never answered. */
  | { readonly kind: "hang" }
  /** Half of the body, then the connection is cut. */
  | { readonly kind: "truncate" }
  /** 200 and a body that is not the service's. */
  | { readonly kind: "garbage" }
  /** An error of the service. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code: string;
      readonly message: string;
    }
  /** From now on the query that is asked about is in this state; `Unknown` passes. */
  | { readonly kind: "state"; readonly state: "Failed" | "Cancelled" | "Timeout" | "Unknown" };

export interface FaultRule {
  readonly fault: Fault;
  /** `StartQuery` and the like. */
  readonly operation: string;
  readonly when?: (request: LogsRequest) => boolean;
  /** How many requests it hits; every one by default. */
  readonly times?: number;
}

export function refuse(status: number, code: string, message = code): Fault {
  return { kind: "refuse", status, code, message };
}

/** Hands out each fault as often as its rule says; the rule given first wins. */
export class FaultScript {
  private rules: (FaultRule & { left: number })[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  next(request: LogsRequest): Fault | undefined {
    const rule = this.rules.find(
      ({ left, operation, when }) =>
        left > 0 && operation === request.operation && (when?.(request) ?? true),
    );
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.fault;
  }
}
