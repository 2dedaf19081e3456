import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

import { type ErrorDetail, TurnawayError } from "../errors.ts";
import type { YamlSource } from "./yaml-source.ts";

/**
 * Checks a read file against its schema and fills in defaults.
 *
 * @throws TurnawayError `CONFIG` with every issue: file and line, the value
 * received, what is allowed, and the nearest allowed word.
 */
export function validate<T extends z.ZodType>(schema: T, source: YamlSource): z.output<T> {
  const result = schema.safeParse(source.value, { error: expectation });
  if (result.success) return result.data;
  throw atTheirLines(
    firstOfEachPath(result.error.issues).flatMap((issue) => explain(issue, schema, source)),
    source,
  );
}

/** A detail that knows which part of the file it is about. */
export interface PlacedDetail extends Omit<ErrorDetail, "where"> {
  readonly path: readonly PropertyKey[];
}

/** One error of all details, in the order of the file, each with its line. */
export function atTheirLines(details: readonly PlacedDetail[], source: YamlSource): TurnawayError {
  const inOrder = details.toSorted((a, b) => source.lineOf(a.path) - source.lineOf(b.path));
  return new TurnawayError(
    "CONFIG",
    inOrder.map((detail) => placed(detail, source)),
  );
}

/** The detail with `turnaway.yml:12` as its place. */
export function placed({ path, ...detail }: PlacedDetail, source: YamlSource): ErrorDetail {
  return { ...detail, where: `${source.fileName}:${source.lineOf(path)}` };
}

/** `did you mean "bucket"?` when an allowed word is near. */
export function didYouMean(word: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const best = closest(word.toLowerCase(), allowed);
  const limit = Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), best.toLowerCase()) <= limit
    ? `did you mean "${best}"?`
    : undefined;
}

/** `logs.bucket`, `vpcs[0].id`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) =>
      typeof step === "number" ? `[${step}]` : `${i > 0 ? "." : ""}${String(step)}`,
    )
    .join("");
}

/** A received value, short and on one line whatever it holds. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) {
    return Object.keys(value).length === 0 ? "no key" : "a group of keys";
  }
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

// The end of "expected …" for what the schema itself does not word.
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_NAMES[issue.expected as string] ?? String(issue.expected);
    case "invalid_value":
      return oneOf(issue.values);
    case "too_small":
      return `at least ${String(issue.minimum)}`;
    case "too_big":
      return `at most ${String(issue.maximum)}`;
    default:
      return "another value";
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
  record: "a group of keys",
};

// A value that is wrong in one way often breaks further checks: the first says it.
function firstOfEachPath(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const paths = issues.map(({ path }) => pathText(path));
  return issues.filter((_issue, i) => paths.indexOf(paths[i]!) === i);
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, source: YamlSource): PlacedDetail[] {
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(schema, issue.path);
    return issue.keys.map((key) => unknownKey([...issue.path, key], allowed));
  }
  if (issue.code === "invalid_key") {
    const expected = issue.issues[0]?.message ?? "another key";
    return [
      {
        what: `wrong key in ${pathText(issue.path.slice(0, -1))}`,
        path: issue.path,
        why: `got ${show(issue.path.at(-1))}, expected ${expected}`,
      },
    ];
  }
  return [wrongValue(issue, source)];
}

function unknownKey(path: readonly PropertyKey[], allowed: readonly string[]): PlacedDetail {
  const fix = didYouMean(String(path.at(-1)), allowed);
  return {
    what: `unknown key ${pathText(path)}`,
    path,
    why: `allowed are ${allowed.join(", ")}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function wrongValue(issue: z.core.$ZodIssue, source: YamlSource): PlacedDetail {
  const value = valueAt(source.value, issue.path);
  const name = pathText(issue.path) || "the file";
  const fix = remedy(value, issue);
  return {
    what: value === undefined ? `${name} is missing` : `wrong value for ${name}`,
    path: issue.path,
    why: `${value === undefined ? "" : `got ${show(value)}, `}expected ${issue.message}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function remedy(value: unknown, issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "invalid_value" && typeof value === "string") {
    return didYouMean(value, issue.values.map(String));
  }
  if (issue.code !== "invalid_type") return undefined;
  if (issue.expected === "boolean" && /^(yes|no|on|off)$/i.test(String(value))) {
    return `write ${/^(yes|on)$/i.test(String(value)) ? "true" : "false"}`;
  }
  return issue.expected === "string" && typeof value !== "object" && value !== undefined
    ? `put it in quotes`
    : undefined;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, step)
        ? (part as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let part = unwrap(schema);
  for (const step of path) {
    if (part instanceof z.ZodObject) part = unwrap(part.shape[String(step)] as z.ZodType);
    else if (part instanceof z.ZodArray) part = unwrap(part.element as z.ZodType);
    else if (part instanceof z.ZodRecord) part = unwrap(part.valueType as z.ZodType);
  }
  return part instanceof z.ZodObject ? Object.keys(part.shape) : [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  let part = schema;
  while (
    part instanceof z.ZodDefault ||
    part instanceof z.ZodPrefault ||
    part instanceof z.ZodOptional ||
    part instanceof z.ZodNullable
  ) {
    part = part.unwrap() as z.ZodType;
  }
  return part;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
