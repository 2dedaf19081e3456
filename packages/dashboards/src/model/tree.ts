/** A group of named parts: a structure of the API, or a map in a file. */
export type Group = Readonly<Record<string, unknown>>;

/** Steps from a value to one of its parts. */
export type Path = readonly (string | number)[];

export function isGroup(value: unknown): value is Group {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** The part at the path, or undefined. */
export function partAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const step of path) {
    if (typeof part !== "object" || part === null || !Object.hasOwn(part, step)) return undefined;
    part = (part as Record<string | number, unknown>)[step];
  }
  return part;
}

/** The text at the path, or undefined. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const part = partAt(value, path);
  return typeof part === "string" ? part : undefined;
}

/** A group that holds nothing but the part at the path. */
export function groupOf(path: readonly string[], part: unknown): Group {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), part) as Group;
}

/** The group without the part at the path, and without the groups that this leaves empty. */
export function without(group: Group, path: readonly string[]): Group {
  const [first, ...rest] = path as readonly [string, ...string[]];
  const { [first]: part, ...others } = group;
  if (rest.length === 0 || !isGroup(part)) return others;
  const left = without(part, rest);
  return Object.keys(left).length === 0 ? others : { ...group, [first]: left };
}

/** Both groups as one, part by part. Where both say something, `over` is right; lists are whole. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isGroup(base) || !isGroup(over)) return over === undefined ? base : over;
  const all: Record<string, unknown> = { ...base };
  for (const [key, part] of Object.entries(over)) all[key] = merged(base[key], part);
  return all;
}

/** Whether both hold the same, whatever the order of the keys in a group. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  }
  if (!isGroup(a) || !isGroup(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** Calls `visit` for every group inside the value, from the outside in. */
export function eachGroup(
  value: unknown,
  visit: (group: Group, path: Path) => void,
  path: Path = [],
): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) eachGroup(item, visit, [...path, i]);
  } else if (isGroup(value)) {
    visit(value, path);
    for (const [key, part] of Object.entries(value)) eachGroup(part, visit, [...path, key]);
  }
}
