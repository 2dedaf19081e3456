import { type Group, isGroup } from "../model/tree.ts";
import { type Lens, lengthen, Misread, placeOf, type Scope, shorten } from "./lens.ts";
import { group, text } from "./plain-lenses.ts";

/** One member of a union: its word in files, its name in the API, and its short forms. */
export interface UnionMember {
  readonly name: string;
  readonly member: string;
  readonly lenses: readonly Lens[];
}

/** `{ type: bar-chart, … }` as `{ BarChartVisual: { … } }`. @throws Misread */
export function memberToApi(
  members: readonly UnionMember[],
  written: Group,
  scope: Scope = {},
): Group {
  const { type, ...rest } = written;
  const { member, lenses } = memberNamed(members, type);
  return { [member]: lengthen(lenses, rest, scope) };
}

/** The reverse; undefined where the union holds no member, or more than one. */
export function memberToFile(
  members: readonly UnionMember[],
  api: unknown,
  scope: Scope = {},
): Group | undefined {
  if (!isGroup(api)) return undefined;
  const [name, ...more] = Object.keys(api);
  const found = members.find(({ member }) => member === name);
  const body = found === undefined ? undefined : api[found.member];
  if (found === undefined || more.length > 0 || !isGroup(body)) return undefined;
  return { type: found.name, ...shorten(found.lenses, body, scope) };
}

/** Where a part of the member stands in the file. */
export function placeInMember(
  members: readonly UnionMember[],
  written: Group,
  path: readonly (string | number)[],
): readonly (string | number)[] {
  const found = members.find(({ name }) => name === written["type"]);
  const [, ...below] = path;
  return found === undefined ? [] : placeOf(found.lenses, written, below);
}

/**
 * A list of the API whose items have ids, as a map from id to the rest.
 *
 * A list that a map can not hold (an id twice, an order that maps lose) has no short form.
 */
export function byId(
  key: string,
  path: readonly string[],
  item: {
    toApi(written: Group, id: string): unknown;
    /** The id and what else is written; undefined for what has no short form. */
    toFile(api: Group): readonly [id: string, written: unknown] | undefined;
    place?(path: readonly (string | number)[], written: Group): readonly (string | number)[];
    /** Turns a short value into the group that stands for it. */
    expandShort?(written: unknown): Group;
  },
): Lens {
  const grouped = (written: unknown): Group =>
    isGroup(written) || item.expandShort === undefined ? group(written) : item.expandShort(written);
  return {
    key,
    path,
    toApi: (written) =>
      Object.entries(group(written)).map(([id, one]) => {
        try {
          return item.toApi(grouped(one), id);
        } catch (cause) {
          if (!(cause instanceof Misread)) throw cause;
          throw new Misread(cause.message, [id, ...cause.path]);
        }
      }),
    toFile: (part) => {
      if (!Array.isArray(part) || part.length === 0) return undefined;
      const all = part.map((one) => (isGroup(one) ? item.toFile(one) : undefined));
      const entries = all.filter((one) => one !== undefined);
      return entries.length < all.length ? undefined : Object.fromEntries(entries);
    },
    place: ([index, ...below], written) => {
      if (!isGroup(written) || index === undefined) return [];
      const [id, one] = Object.entries(written)[Number(index)] ?? [];
      if (id === undefined) return [];
      return [id, ...(isGroup(one) ? (item.place?.(below, one) ?? []) : [])];
    },
  };
}

function memberNamed(members: readonly UnionMember[], type: unknown): UnionMember {
  const name = text(type ?? "");
  const found = members.find((member) => member.name === name);
  if (found !== undefined) return found;
  const names = members.map(({ name }) => name).join(", ");
  throw new Misread(`got ${JSON.stringify(name)}, expected one of ${names}`, ["type"]);
}
