import { type Call, optionalText } from "./call.ts";
import { ServiceError } from "./service-error.ts";

/** One page of a list, under the member that the operation answers it with. */
export function page(
  { input, pageSize }: Call,
  member: string,
  items: readonly object[],
): Record<string, unknown> {
  const from = offsetIn(optionalText(input, "NextToken"));
  const to = from + Math.min(Number(input["MaxResults"] ?? pageSize), pageSize);
  return {
    [member]: items.slice(from, to),
    ...(to < items.length && { NextToken: `page:${to}` }),
    RequestId: "request",
  };
}

function offsetIn(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, offset] = /^page:(\d+)$/.exec(token) ?? [];
  if (offset === undefined) {
    throw new ServiceError("InvalidNextTokenException", "The NextToken value isn't valid");
  }
  return Number(offset);
}
