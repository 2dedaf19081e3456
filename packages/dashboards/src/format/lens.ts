import {
  isGroup,
  isSame,
  type Group,
  groupOf,
  merged,
  partAt,
  type Path,
  without,
} from "../model/tree.ts";

/**
 * One short way to write one part of the API.
 *
 * `toFile` may answer undefined for what it can not say; what it does say `toApi` must turn
 * back. {@link shorten} tries that each time and otherwise writes the part as the API has it,
 * so a lens that is too narrow costs readability and never a value.
 */
export interface Lens {
  /** The key in the file. */
  readonly key: string;
  /** Where the part stands in the API's structure. */
  readonly path: readonly string[];
  /** What the part is where the file does not say; for members that QuickSight requires. */
  readonly implied?: unknown;
  /** @throws Misread when the file holds something else than this lens writes. */
  toApi(written: unknown, scope: Scope): unknown;
  toFile(part: unknown, scope: Scope): unknown;
  /** Where an item of the part stands in the file, below the key. */
  place?(path: Path, written: unknown): Path;
}

/** What lenses know of the file around them. */
export interface Scope {
  /** The data set that columns belong to when nothing else is said. */
  readonly dataSet?: string;
  /** The id that follows from the file's name or from the key. */
  readonly id?: string;
}

/** A written value that a lens does not understand. */
export class Misread extends Error {
  readonly path: Path;
  constructor(why: string, path: Path = []) {
    super(why);
    this.name = "Misread";
    this.path = path;
  }
}

/** Everything that has no short form stands under this key, as the API has it. */
export const VERBATIM = "api";

/** What is written, as the structure of the API. */
export function lengthen(lenses: readonly Lens[], written: Group, scope: Scope = {}): Group {
  const known = new Set([VERBATIM, ...lenses.map(({ key }) => key)]);
  for (const key of Object.keys(written)) {
    if (!known.has(key))
      throw new Misread(`unknown key ${key}, allowed are ${[...known].join(", ")}`, [key]);
  }
  const short = lenses.reduce<unknown>((api, lens) => {
    const part = partOf(lens, written, scope);
    return part === undefined ? api : merged(api, groupOf(lens.path, part));
  }, {});
  const verbatim = written[VERBATIM] ?? {};
  if (!isGroup(verbatim)) throw new Misread("expected a group of keys", [VERBATIM]);
  return merged(short, verbatim) as Group;
}

/** A structure of the API as it is written: short where that says all of it. */
export function shorten(lenses: readonly Lens[], api: Group, scope: Scope = {}): Group {
  const written: Record<string, unknown> = {};
  let rest = api;
  for (const lens of lenses) {
    const part = partAt(rest, lens.path);
    if (part === undefined || written[lens.key] !== undefined) continue;
    if (lens.implied !== undefined && isSame(part, impliedOf(lens, scope))) {
      rest = without(rest, lens.path);
      continue;
    }
    const short = lens.toFile(part, scope);
    if (short === undefined || !isSame(attempt(lens, short, scope), part)) continue;
    written[lens.key] = short;
    rest = without(rest, lens.path);
  }
  return Object.keys(rest).length === 0 ? written : { ...written, [VERBATIM]: rest };
}

/** Where a part of the API's structure stands in the file that it was written in. */
export function placeOf(lenses: readonly Lens[], written: Group, path: Path): Path {
  const verbatim = partAt(written, [VERBATIM, ...path]);
  if (verbatim === undefined) {
    for (const lens of lenses) {
      const covers = lens.path.every((step, i) => path[i] === undefined || path[i] === step);
      if (!covers || written[lens.key] === undefined) continue;
      const below = path.slice(lens.path.length);
      return [lens.key, ...(lens.place?.(below, written[lens.key]) ?? [])];
    }
  }
  return [VERBATIM, ...path];
}

function partOf(lens: Lens, written: Group, scope: Scope): unknown {
  const value = written[lens.key];
  if (value === undefined) return impliedOf(lens, scope);
  try {
    return lens.toApi(value, scope);
  } catch (cause) {
    if (!(cause instanceof Misread)) throw cause;
    throw new Misread(cause.message, [lens.key, ...cause.path]);
  }
}

function impliedOf(lens: Lens, scope: Scope): unknown {
  return lens.implied === ITS_ID ? scope.id : lens.implied;
}

/** As `implied`: the id that the file's name or the key gives. */
export const ITS_ID = Symbol("its id");

function attempt(lens: Lens, short: unknown, scope: Scope): unknown {
  try {
    return lens.toApi(short, scope);
  } catch (cause) {
    if (cause instanceof Misread) return undefined;
    throw cause;
  }
}
