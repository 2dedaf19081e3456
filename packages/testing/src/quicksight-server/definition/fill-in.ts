import { shapeOf } from "../model/shape.ts";

/**
 * A definition as the service answers with it: whoever leaves something out gets it back as an
 * empty list, or as the value that it has anyway.
 *
 * @param shape name of the shape of the definition
 */
export function fillIn(value: unknown, shape = "DashboardVersionDefinition"): unknown {
  const found = shapeOf(shape);
  if (found.type === "list" && Array.isArray(value)) {
    return value.map((item) => fillIn(item, found.of));
  }
  if (found.type !== "structure" || typeof value !== "object" || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const filled: Record<string, unknown> = {};
  for (const [member, name] of Object.entries(found.members)) {
    if (given[member] !== undefined && given[member] !== null) {
      filled[member] = fillIn(given[member], name);
    } else if (found.union !== true && isListThatMayBeEmpty(name)) {
      filled[member] = [];
    } else if (DEFAULTS[shape]?.[member] !== undefined) {
      filled[member] = DEFAULTS[shape][member];
    }
  }
  return filled;
}

const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FilterGroup: { Status: "ENABLED" },
  SheetDefinition: { ContentType: "INTERACTIVE" },
  VisualCustomAction: { Status: "ENABLED" },
  VisualTitleLabelOptions: { Visibility: "VISIBLE" },
  VisualSubtitleLabelOptions: { Visibility: "VISIBLE" },
};

function isListThatMayBeEmpty(name: string): boolean {
  const shape = shapeOf(name);
  return shape.type === "list" && (shape.min ?? 0) === 0;
}
