import {
  didYouMean,
  isAddress,
  parseCidr,
  protocolNumber,
  type SqlValue,
  TurnawayError,
} from "@turnaway/core";

import type { SqlFile, SqlParameter } from "./sql-file.ts";

/**
 * The values of a file's parameters, checked: given ones as text, the rest by default.
 *
 * @throws TurnawayError USAGE for one that is unknown, missing or not of its type.
 */
export function parseParameters(
  command: string,
  file: SqlFile,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, SqlValue>> {
  const declared = file.parameters ?? {};
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name))
      throw unknownParameter(command, name, Object.keys(declared));
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]): [string, SqlValue] => {
      const text = given[name];
      if (text !== undefined) return [name, parseValue(command, name, { parameter, text })];
      if (parameter.default !== undefined) return [name, parameter.default];
      throw missingParameter(command, name, parameter);
    }),
  );
}

type ParameterType = SqlParameter["type"];

interface TypeRule {
  /** Undefined when the text is not of the type. */
  readonly parse: (text: string) => SqlValue | undefined;
  /** What is expected, with an example. */
  readonly expected: string;
  readonly example: string;
}

// Addresses are compared as text, so they are brought into the form that AWS logs.
const TYPES: Readonly<Record<ParameterType, TypeRule>> = {
  integer: { parse: parseInteger, expected: "a whole number", example: "10" },
  decimal: {
    parse: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
    expected: "a number",
    example: "0.5",
  },
  text: { parse: (text) => text, expected: "text", example: "text" },
  address: {
    parse: (text) => (isAddress(text) ? parseCidr(text)?.text.split("/")[0] : undefined),
    expected: "an IPv4 or IPv6 address",
    example: "10.0.3.7",
  },
  cidr: {
    parse: (text) => parseCidr(text)?.text,
    expected: "a range of addresses",
    example: "10.0.16.0/20",
  },
  port: {
    parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
    expected: "a port from 0 to 65535",
    example: "443",
  },
  protocol: {
    parse: protocolNumber,
    expected: "a protocol by name or number",
    example: "tcp",
  },
  time: { parse: parseTime, expected: "an ISO 8601 time", example: "2026-11-19T00:00:00Z" },
};

/** An instant as Unix seconds: a UTC day, or a time with its offset. */
function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function parseInteger(text: string): number | bigint | undefined {
  if (!/^-?\d{1,18}$/.test(text)) return undefined;
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
}

function parseValue(
  command: string,
  name: string,
  { parameter, text }: { parameter: SqlParameter; text: string },
): SqlValue {
  const rule = TYPES[parameter.type];
  const value = rule.parse(text);
  if (value !== undefined) return value;
  throw new TurnawayError("USAGE", {
    what: `wrong value for parameter ${name}`,
    where: command,
    why: `got "${text}", expected ${rule.expected} such as ${rule.example}`,
    fix: `give it as --param ${name}=${rule.example}`,
  });
}

function missingParameter(
  command: string,
  name: string,
  { type, what }: SqlParameter,
): TurnawayError {
  return new TurnawayError("USAGE", {
    what: `parameter ${name} is missing`,
    where: command,
    why: `the query needs it: ${what}`,
    fix: `give it as --param ${name}=${TYPES[type].example}`,
  });
}

function unknownParameter(
  command: string,
  name: string,
  declared: readonly string[],
): TurnawayError {
  const takes =
    declared.length === 0 ? "the query takes none" : `the query takes ${declared.join(", ")}`;
  const fix = didYouMean(name, declared);
  return new TurnawayError("USAGE", {
    what: `unknown parameter ${name}`,
    where: command,
    why: takes,
    ...(fix === undefined ? {} : { fix }),
  });
}
