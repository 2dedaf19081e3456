import { isTime } from "./check-shape.ts";
import { shapeOf } from "./shape.ts";
import { isGroup } from "./tree.ts";

/** The value with its times as the client takes them, which files write as text. */
export function withDates(value: unknown, shape: string): unknown {
  const found = shapeOf(shape);
  if (found.type === "timestamp") {
    return typeof value === "string" && isTime(value) ? new Date(value) : value;
  }
  if (found.type === "list" && Array.isArray(value)) {
    return value.map((item) => withDates(item, found.of));
  }
  if (found.type !== "structure" || !isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const member = found.members[key];
      return [key, member === undefined ? part : withDates(part, member)];
    }),
  );
}

/** The value with its times as text. */
export function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
  if (Array.isArray(value)) return value.map(withoutDates);
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, withoutDates(part)]),
  );
}
