import type { S3Request } from "./request.ts";

/** What goes wrong with an answer. */
export type Fault =
  /** The connection is cut before a byte is sent. */
  | { readonly kind: "reset" }
  /** The request is taken and never answered. */
  | { readonly kind: "hang" }
  /** Half of the body, then the connection is cut. */
  | { readonly kind: "truncate" }
  /** Half of the body, then silence. */
  | { readonly kind: "stall" }
  /** Half of the body, declared as if it were all of it. */
  | { readonly kind: "short" }
  /** The right length, one byte wrong. */
  | { readonly kind: "corrupt" }
  /** 200 and a body that is not S3's. */
  | { readonly kind: "garbage" }
  /** An S3 error; the headers are sent with it. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface FaultRule {
  readonly fault: Fault;
  readonly when: (request: S3Request) => boolean;
  /** How many requests it hits; every one by default. */
  readonly times?: number;
}

export function refuse(status: number, code: string, message = code): Fault {
  return { kind: "refuse", status, code, message };
}

/** Hands out each fault as often as its rule says; the rule given first wins. */
export class FaultScript {
  private rules: Array<FaultRule & { left: number }> = [];

  add(rule: FaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  next(request: S3Request): Fault | undefined {
    const rule = this.rules.find((each) => each.left > 0 && each.when(request));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.fault;
  }
}
