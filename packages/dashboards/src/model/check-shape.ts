import { didYouMean } from "@turnaway/core";

import {
  type ListShape,
  type NumberShape,
  type Shape,
  shapeOf,
  type StringShape,
  type StructureShape,
} from "./shape.ts";
import { isGroup, type Path } from "./tree.ts";

/** What is wrong with a part of a definition, and where it stands in the API's own terms. */
export interface ShapeProblem {
  readonly path: Path;
  readonly what: string;
  readonly why: string;
  readonly fix?: string;
}

/** Everything that the service's own model refuses in a value of the named shape. */
export function checkShape(value: unknown, name: string, path: Path = []): ShapeProblem[] {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure":
      return isGroup(value) ? checkStructure(value, shape, path) : [wrongType(value, shape, path)];
    case "list":
      return Array.isArray(value) ? checkList(value, shape, path) : [wrongType(value, shape, path)];
    case "string":
      return typeof value === "string"
        ? checkText(value, shape, path)
        : [wrongType(value, shape, path)];
    case "integer":
    case "long":
    case "double":
      return typeof value === "number"
        ? checkNumber(value, shape, path)
        : [wrongType(value, shape, path)];
    case "boolean":
      return typeof value === "boolean" ? [] : [wrongType(value, shape, path)];
    case "timestamp":
      return isTime(value) ? [] : [wrongType(value, shape, path)];
  }
}

/** Whether it is a time as the API has it, or as a file writes it. */
export function isTime(value: unknown): boolean {
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  return (
    typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))
  );
}

function checkStructure(
  value: Readonly<Record<string, unknown>>,
  shape: StructureShape,
  path: Path,
): ShapeProblem[] {
  const given = Object.keys(value).filter((key) => value[key] !== undefined);
  const problems: ShapeProblem[] = [];
  for (const key of given) {
    const member = shape.members[key];
    if (member === undefined) problems.push(unknownMember(key, shape, path));
    else problems.push(...checkShape(value[key], member, [...path, key]));
  }
  for (const key of shape.required ?? []) {
    if (value[key] === undefined) {
      problems.push({ path, what: `${nameOf(path)} lacks ${key}`, why: "QuickSight requires it" });
    }
  }
  const known = given.filter((key) => key in shape.members);
  if (shape.union === true && known.length !== 1 && known.length === given.length) {
    problems.push({
      path,
      what: `${nameOf(path)} must be one thing`,
      why: `${known.length === 0 ? "it holds none" : `it holds ${known.join(" and ")}`}, expected exactly one of ${Object.keys(shape.members).join(", ")}`,
    });
  }
  return problems;
}

function checkList(value: readonly unknown[], shape: ListShape, path: Path): ShapeProblem[] {
  return [
    ...inRange(value.length, shape, "items", path),
    ...value.flatMap((item, i) => checkShape(item, shape.of, [...path, i])),
  ];
}

function checkText(value: string, shape: StringShape, path: Path): ShapeProblem[] {
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    const fix = didYouMean(value, shape.enum);
    return [
      {
        path,
        what: `wrong value for ${nameOf(path)}`,
        why: `got ${JSON.stringify(value)}, expected ${shape.enum.join(", ")}`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  }
  const problems = inRange(value.length, shape, "characters", path);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, "su").test(value)) {
    problems.push({
      path,
      what: `wrong value for ${nameOf(path)}`,
      why: `got ${JSON.stringify(value)}, expected a text like ${shape.pattern}`,
    });
  }
  return problems;
}

function checkNumber(value: number, shape: NumberShape, path: Path): ShapeProblem[] {
  if (shape.type !== "double" && !Number.isInteger(value)) return [wrongType(value, shape, path)];
  return inRange(value, shape, "", path);
}

function inRange(
  size: number,
  { min, max }: { readonly min?: number; readonly max?: number },
  unit: string,
  path: Path,
): ShapeProblem[] {
  if (size >= (min ?? -Infinity) && size <= (max ?? Infinity)) return [];
  const limit = size < (min ?? -Infinity) ? `at least ${min}` : `at most ${max}`;
  const of = unit === "" ? "" : ` ${unit}`;
  return [
    {
      path,
      what: `${nameOf(path)} is out of range`,
      why: `it ${unit === "" ? "is" : "has"} ${size}${of}, expected ${limit}`,
    },
  ];
}

function wrongType(value: unknown, shape: Shape, path: Path): ShapeProblem {
  return {
    path,
    what: `wrong value for ${nameOf(path)}`,
    why: `got ${received(value)}, expected ${TYPE_WORDS[shape.type]}`,
  };
}

const TYPE_WORDS: Readonly<Record<Shape["type"], string>> = {
  structure: "a group of keys",
  list: "a list",
  string: "text",
  integer: "a whole number",
  long: "a whole number",
  double: "a number",
  boolean: "true or false",
  timestamp: "a time such as 2026-11-19T00:00:00Z",
};

function received(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isGroup(value) ? "a group of keys" : JSON.stringify(value);
}

function unknownMember(key: string, shape: StructureShape, path: Path): ShapeProblem {
  const allowed = Object.keys(shape.members);
  const fix = didYouMean(key, allowed);
  return {
    path: [...path, key],
    what: `unknown key ${key} in ${nameOf(path)}`,
    why: `allowed are ${allowed.join(", ")}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

// The last two names say enough: the line says where.
function nameOf(path: Path): string {
  const names = path.filter((step) => typeof step === "string");
  return names.slice(-2).join(".") || "the definition";
}
