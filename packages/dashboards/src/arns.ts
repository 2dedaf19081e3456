import type { DashboardTarget } from "./dashboard.ts";
import { isGroup } from "./model/tree.ts";

/** The ARN of a data set. */
export function dataSetArn(
  { partition, region, account, prefix }: DashboardTarget,
  id: string,
): string {
  return `arn:${partition}:quicksight:${region}:${account}:dataset/${prefix}${id}`;
}

/** The id of a data set behind the prefix; undefined for what lies somewhere else. */
export function dataSetIdOf(target: DashboardTarget, arn: string): string | undefined {
  const start = dataSetArn(target, "");
  return arn.startsWith(start) && arn.length > start.length ? arn.slice(start.length) : undefined;
}

const WHERE = "arn:{partition}:";

/** A value whose ARNs name no partition, region or account of the target. */
export function withoutTarget(value: unknown, target: DashboardTarget): unknown {
  const { partition, region, account } = target;
  return eachText(value, (text) => {
    if (!text.startsWith(`arn:${partition}:`)) return text;
    const [service, itsRegion, itsAccount, ...rest] = text
      .slice(`arn:${partition}:`.length)
      .split(":");
    const place = itsRegion === region ? "{region}" : itsRegion;
    const owner = itsAccount === account ? "{account}" : itsAccount;
    return [`${WHERE}${service}`, place, owner, ...rest]
      .filter((part) => part !== undefined)
      .join(":");
  });
}

/** The reverse of {@link withoutTarget}. */
export function withTarget(value: unknown, target: DashboardTarget): unknown {
  return eachText(value, (text) =>
    text.startsWith(WHERE)
      ? text
          .replace("{partition}", target.partition)
          .replace(":{region}:", `:${target.region}:`)
          .replace(":{account}:", `:${target.account}:`)
      : text,
  );
}

function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => eachText(item, change));
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, eachText(part, change)]),
  );
}
