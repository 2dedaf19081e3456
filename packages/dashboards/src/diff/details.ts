import { type Group, isGroup, isSame } from "../model/tree.ts";

/** One difference: a key as the files have it, and what it holds. Null is nothing. */
export interface Detail {
  /** `values`, `api.ChartConfiguration.Legend.Position`. */
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What is different between two groups, at the deepest key that says it. */
export function detailsOf(was: Group, is: Group, prefix = ""): readonly Detail[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap(
    (key): readonly Detail[] => {
      const before = was[key];
      const after = is[key];
      if (isSame(before, after)) return [];
      const path = prefix === "" ? key : `${prefix}.${key}`;
      // A field with a format is one thing; other groups are told part by part.
      if (isGroup(before) && isGroup(after) && !("field" in after)) {
        return detailsOf(before, after, path);
      }
      if (Array.isArray(before) && Array.isArray(after)) return [listDetail(path, before, after)];
      return [{ key: path, before: shown(before), after: shown(after) }];
    },
  );
}

// Of two lists only what one has and the other lacks, unless the order is all that differs.
function listDetail(key: string, was: readonly unknown[], is: readonly unknown[]): Detail {
  const gone = was.filter((item) => !is.some((other) => isSame(item, other)));
  const come = is.filter((item) => !was.some((other) => isSame(item, other)));
  const isReordered = gone.length === 0 && come.length === 0;
  return {
    key,
    before: shown(isReordered ? was : gone),
    after: shown(isReordered ? is : come),
  };
}

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value)) {
    return value.length === 0 ? null : value.map((item) => shown(item)).join(", ");
  }
  if (!isGroup(value)) return typeof value === "string" ? value : JSON.stringify(value);
  const { field, ...rest } = value;
  const parts = Object.entries(rest).map(([key, part]) => `${key}: ${shown(part) ?? ""}`);
  if (field === undefined) return `{ ${parts.join(", ")} }`;
  return parts.length === 0 ? shown(field) : `${shown(field) ?? ""} (${parts.join(", ")})`;
}
