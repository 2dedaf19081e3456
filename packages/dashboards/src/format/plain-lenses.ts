import { isGroup, isSame } from "../model/tree.ts";
import { type Lens, Misread } from "./lens.ts";

/** A text, number or truth value that is written as it is. */
export function plain(key: string, ...path: readonly string[]): Lens {
  return { key, path, toApi: scalar, toFile: (part) => (isScalar(part) ? part : undefined) };
}

/** A word of the API, `STACKED_PERCENT`, written `stacked-percent`. */
export function word(key: string, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written) => text(written).replaceAll("-", "_").toUpperCase(),
    toFile: (part) =>
      typeof part === "string" ? part.toLowerCase().replaceAll("_", "-") : undefined,
  };
}

/** A list of plain values; one alone may stand without the list. */
export function plainList(key: string, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written) => listOf(written).map(scalar),
    toFile: (part) => (Array.isArray(part) && part.every(isScalar) ? part : undefined),
  };
}

/** A part with a name for each form that it often has. */
export function named(
  key: string,
  path: readonly string[],
  forms: Readonly<Record<string, unknown>>,
): Lens {
  return {
    key,
    path,
    toApi: (written) => {
      const name = text(written);
      if (Object.hasOwn(forms, name)) return forms[name];
      throw new Misread(`got ${name}, expected one of ${Object.keys(forms).join(", ")}`);
    },
    toFile: (part) => Object.keys(forms).find((name) => isSame(forms[name], part)),
  };
}

/** The same lens, for a member that QuickSight requires and that mostly has this value. */
export function implying(implied: unknown, lens: Lens): Lens {
  return { ...lens, implied };
}

export function text(written: unknown): string {
  if (typeof written === "string") return written;
  throw new Misread(`expected text`);
}

/** The group. @throws Misread for anything else. */
export function group(written: unknown): Readonly<Record<string, unknown>> {
  if (isGroup(written)) return written;
  throw new Misread("expected a group of keys");
}

/** A list as it is; one alone as a list of it. */
export function listOf(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : [written];
}

function scalar(written: unknown): unknown {
  if (isScalar(written)) return written;
  throw new Misread("expected text, a number, true or false");
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
