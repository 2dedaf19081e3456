import { TurnawayError } from "@turnaway/core/errors";

/**
 * What was asked for, by name: the options of a command line, in camel case. An Action's inputs
 * mirror them, so both are read and refused by the same functions.
 */
export type Options = Readonly<Record<string, unknown>>;

/** The text of an option, undefined when it was not given. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** The value of an option that takes one of a few words. @throws TurnawayError USAGE. */
export function choice<const T extends string>(
  options: Options,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const found = allowed.find((word) => word === value);
  if (found !== undefined) return found;
  throw usage(flag(name), `received "${value}"`, `use one of ${allowed.join(", ")}`);
}

/** A whole number within bounds. @throws TurnawayError USAGE. */
export function wholeNumber(
  options: Options,
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usage(flag(name), `received "${value}"`, `use a whole number from ${least} to ${most}`);
}

// `failOn` is `--fail-on` to whoever typed it.
function flag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The error of a value that can not be; `where` is the option as it is typed. */
export function usage(where: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("USAGE", { what: "wrong usage", where, why, fix });
}
