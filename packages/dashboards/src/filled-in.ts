import { shapeOf } from "./model/shape.ts";
import { isGroup, isSame } from "./model/tree.ts";

/**
 * A definition without what QuickSight fills in when it is left out:
 *
 * - members that are an empty list, where the list is not required;
 * - members with the value that they have anyway, which are those of {@link DEFAULTS}.
 *
 * Two definitions that are the same without this are the same dashboard.
 *
 * @param shape name of the value's shape in QuickSight's model
 */
export function withoutFilledIn(value: unknown, shape: string): unknown {
  const found = shapeOf(shape);
  if (found.type === "list" && Array.isArray(value)) {
    return value.map((item) => withoutFilledIn(item, found.of));
  }
  if (found.type !== "structure" || !isGroup(value)) return value;
  const kept: Record<string, unknown> = {};
  // In the order of the model, so that the same definition is always the same text.
  const keys = new Set([...Object.keys(found.members), ...Object.keys(value)]);
  for (const key of keys) {
    const part = value[key];
    const member = found.members[key];
    if (part === undefined) continue;
    const isRequired = found.required?.includes(key) === true;
    if (!isRequired && (isEmptyList(part) || isSame(part, DEFAULTS[shape]?.[key]))) continue;
    kept[key] = member === undefined ? part : withoutFilledIn(part, member);
  }
  return kept;
}

/** Optional members that a definition has with this value when nobody gave them one. */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  FilterGroup: { Status: "ENABLED" },
  SheetDefinition: { ContentType: "INTERACTIVE" },
  VisualCustomAction: { Status: "ENABLED" },
  VisualTitleLabelOptions: { Visibility: "VISIBLE" },
  VisualSubtitleLabelOptions: { Visibility: "VISIBLE" },
};

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
