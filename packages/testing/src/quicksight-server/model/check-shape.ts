import { type Range, type Shape, shapeOf, type StringShape, type StructureShape } from "./shape.ts";

/**
 * What the service's model refuses in a value as it is on the wire, in the service's words:
 * `Value 'x' at 'Definition.Sheets.0.Name' failed to satisfy constraint: …`. Members that the
 * model does not know are refused too, which the service would only ignore.
 */
export function checkShape(value: unknown, name: string, path = ""): string[] {
  const shape = shapeOf(name);
  if (!hasType(value, shape)) return [refusal(value, path, `Member must be a ${shape.type}`)];
  switch (shape.type) {
    case "structure":
      return checkStructure(value as Group, shape, path);
    case "list": {
      const items = value as readonly unknown[];
      return [
        ...checkRange({ size: items.length, what: "length", path }, shape),
        ...items.flatMap((item, index) => checkShape(item, shape.of, at(path, index))),
      ];
    }
    case "map": {
      const entries = Object.entries(value as Group);
      return [
        ...checkRange({ size: entries.length, what: "length", path }, shape),
        ...entries.flatMap(([key, item]) => [
          ...checkShape(key, shape.key, at(path, key)),
          ...checkShape(item, shape.of, at(path, key)),
        ]),
      ];
    }
    case "string":
      return checkText(value as string, shape, path);
    case "integer":
    case "long":
    case "double":
    case "float":
      return checkRange({ size: value as number, what: "value", path }, shape);
    case "boolean":
    case "timestamp":
    case "blob":
      return [];
  }
}

type Group = Readonly<Record<string, unknown>>;

function checkStructure(value: Group, shape: StructureShape, path: string): string[] {
  const given = Object.keys(value).filter((key) => value[key] !== undefined && value[key] !== null);
  const missing = (shape.required ?? []).filter((key) => !given.includes(key));
  const isOne = shape.union !== true || given.length === 1;
  return [
    ...given.flatMap((key) => {
      const member = shape.members[key];
      return member === undefined
        ? [refusal(value[key], at(path, key), "Member must be known to the model")]
        : checkShape(value[key], member, at(path, key));
    }),
    ...missing.map((key) => refusal(null, at(path, key), "Member must not be null")),
    ...(isOne ? [] : [refusal(given.join(), path, "Exactly one member must be given")]),
  ];
}

function checkText(value: string, shape: StringShape, path: string): string[] {
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    return [refusal(value, path, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`)];
  }
  const isLike = shape.pattern === undefined || compiled(shape.pattern).test(value);
  return [
    ...checkRange({ size: value.length, what: "length", path }, shape),
    ...(isLike
      ? []
      : [refusal(value, path, `Member must satisfy regular expression pattern: ${shape.pattern}`)]),
  ];
}

const PATTERNS = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = PATTERNS.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "su");
  PATTERNS.set(pattern, known);
  return known;
}

function checkRange(
  { size, what, path }: { size: number; what: string; path: string },
  { min = -Infinity, max = Infinity }: Range,
): string[] {
  if (size < min) {
    return [refusal(size, path, `Member must have ${what} greater than or equal to ${min}`)];
  }
  if (size > max) {
    return [refusal(size, path, `Member must have ${what} less than or equal to ${max}`)];
  }
  return [];
}

function hasType(value: unknown, { type }: Shape): boolean {
  switch (type) {
    case "structure":
    case "map":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "list":
      return Array.isArray(value);
    case "string":
    case "blob":
      return typeof value === "string";
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "double":
    case "float":
    // Seconds since 1970.
    case "timestamp":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
  }
}

function refusal(value: unknown, path: string, constraint: string): string {
  const shown = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return `Value ${shown} at '${path || "input"}' failed to satisfy constraint: ${constraint}`;
}

function at(path: string, step: string | number): string {
  return path === "" ? String(step) : `${path}.${step}`;
}
