import fc from "fast-check";

import { shapeOf, type StructureShape } from "../src/model/shape.ts";

/** Any value of a shape of QuickSight's model, apart from ids that have to be unique. */
export function anyShape(name: string, depth = 0): fc.Arbitrary<unknown> {
  const own = LIKELY[name];
  if (own !== undefined) return own;
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure":
      return anyStructure(shape, depth);
    case "list": {
      const minLength = shape.min ?? 0;
      const maxLength = Math.max(minLength, Math.min(shape.max ?? 3, depth > 6 ? 1 : 3));
      return fc.array(anyShape(shape.of, depth + 1), { minLength, maxLength });
    }
    case "string":
      return anyText(shape);
    case "integer":
    case "long":
      return fc.integer({
        min: Math.ceil(shape.min ?? -1000),
        max: Math.floor(Math.min(shape.max ?? 100_000, 2 ** 31 - 1)),
      });
    case "double":
      return fc
        .double({ min: shape.min ?? -1e6, max: shape.max ?? 1e6, noNaN: true })
        .map((value) => (Object.is(value, -0) ? 0 : value));
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.date({
        min: new Date("2000-01-01"),
        max: new Date("2100-01-01"),
        noInvalidDate: true,
      });
  }
}

/** Names that files write in short, with strange ones between them. */
const LIKELY: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  UnicodeIcon: fc.constantFrom("▲", "●"),
  VisualMessageText: fc.constantFrom("no data", "0123"),
  NonEmptyString: fc.constantFrom("a", " b"),
  DataSetIdentifier: fc.constantFrom("traffic", "traffic", "rejects"),
  ColumnName: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("client", "accepted_bytes", "hour") },
    fc.constantFrom("sum(bytes)", "a.b", "day", "number x", "{odd}"),
    fc.string({ minLength: 1, maxLength: 40 }),
  ),
  FieldId: fc.oneof(
    fc.constantFrom("client", "accepted_bytes.sum", "hour.day", "a.b.number.count"),
    fc.string({ minLength: 1, maxLength: 40 }),
  ),
};

function anyStructure({ members, required = [], union }: StructureShape, depth: number) {
  const names = Object.keys(members);
  if (union === true) {
    return fc
      .constantFrom(...names)
      .chain((key) => fc.record({ [key]: anyShape(members[key]!, depth + 1) }));
  }
  const optional = names.filter((name) => !required.includes(name));
  const maxLength = Math.min(optional.length, depth > 8 ? 1 : depth > 5 ? 2 : 4);
  return fc.subarray(optional, { maxLength }).chain((some) => {
    const keys = [...required, ...some];
    return fc.record(
      Object.fromEntries(keys.map((key) => [key, anyShape(members[key]!, depth + 1)])),
    );
  });
}

function anyText(shape: {
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}): fc.Arbitrary<string> {
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const { min = 0, max = 40 } = shape;
  if (shape.pattern !== undefined) {
    return fc.stringMatching(new RegExp(`^(?:${shape.pattern})$`, "u"), { size: "-1" });
  }
  const strange = STRANGE.filter(({ length }) => length >= min && length <= max);
  const any = fc.string({ minLength: min, maxLength: Math.max(min, Math.min(max, 40)) });
  return strange.length === 0 ? any : fc.oneof(fc.constantFrom(...strange), any);
}

/** Texts that YAML would take for something else. */
const STRANGE = ["0123", "no", "null", "~", "2026-11-19", "- a: b", "# c", " x ", "a\nb\n"];
