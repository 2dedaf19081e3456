import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/** A value in a row: what is absent is undefined. Text that looks like a number counts as one. */
export type Value = string | number | boolean | undefined;

interface FunctionRule {
  readonly args: readonly [least: number, most: number];
  readonly call: (...args: Value[]) => Value;
}

/** The functions of Insights QL that the project's queries use; others are refused. */
export const FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  floor: { args: [1, 1], call: (a) => whenNumbers([a], Math.floor) },
  least: { args: [1, 9], call: (...args) => whenNumbers(args, Math.min) },
  greatest: { args: [1, 9], call: (...args) => whenNumbers(args, Math.max) },
  coalesce: { args: [1, 9], call: (...args) => args.find((value) => value !== undefined) },
  ispresent: { args: [1, 1], call: (a) => a !== undefined },
  strcontains: {
    args: [2, 2],
    call: (a, b) => (a === undefined ? undefined : Number(String(a).includes(String(b)))),
  },
  toMillis: { args: [1, 1], call: toMillis },
  isValidIp: { args: [1, 1], call: (a) => isIP(String(a)) !== 0 },
  isIpv4InSubnet: {
    args: [2, 2],
    call: (a, cidr) => isIPv4(String(a)) && subnet(String(cidr)).check(String(a), "ipv4"),
  },
  isIpv6InSubnet: {
    args: [2, 2],
    call: (a, cidr) => isIPv6(String(a)) && subnet(String(cidr)).check(String(a), "ipv6"),
  },
};

export const AGGREGATES: ReadonlySet<string> = new Set([
  "count",
  "count_distinct",
  "sum",
  "min",
  "max",
  "sortsFirst",
]);

/** The number that a value is, or looks like. */
export function toNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  return value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function whenNumbers(args: readonly Value[], compute: (...numbers: number[]) => number): Value {
  const numbers = args.map(toNumber);
  return numbers.includes(undefined) ? undefined : compute(...(numbers as number[]));
}

// `@timestamp` is shown as text, `2026-11-19 06:00:00.000`.
function toMillis(value: Value): Value {
  if (value === undefined) return undefined;
  const time = Date.parse(`${String(value).replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const subnets = new Map<string, BlockList>();

function subnet(cidr: string): BlockList {
  const known = subnets.get(cidr);
  if (known !== undefined) return known;
  const [address, bits] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(address!, Number(bits), cidr.includes(":") ? "ipv6" : "ipv4");
  subnets.set(cidr, list);
  return list;
}
