/**
 * A field as a person writes it: `client`, `sum(rejected_records)`, `day(hour)`, `p95(bytes)`.
 *
 * `name(column)` takes the kind of column that the function mostly has; where another is meant
 * the text says so: `count(number port)`, `max(date hour)`.
 */
export interface FieldText {
  /** Null stands for the column as it is. */
  readonly func: string | null;
  readonly kind: "number" | "text" | "date" | null;
  readonly column: string;
}

const FIELD = /^([a-z][a-z0-9_]*)\((?:(number|text|date) )?(.*)\)$/s;

export function parseField(text: string): FieldText {
  const match = FIELD.exec(text);
  if (match === null) return { func: null, kind: null, column: text };
  return {
    func: match[1]!,
    kind: (match[2] as FieldText["kind"] | undefined) ?? null,
    column: match[3]!,
  };
}

export function formatField({ func, kind, column }: FieldText): string {
  if (func === null) return column;
  return `${func}(${kind === null ? "" : `${kind} `}${column})`;
}

/** The field id that follows from the text: `rejected_records.sum`, `hour.day`, `client`. */
export function fieldIdOf(text: string): string {
  const { func, kind, column } = parseField(text);
  if (func === null) return column;
  return kind === null ? `${column}.${func}` : `${column}.${kind}.${func}`;
}

/** The text whose id this is; an id that follows from no text is its own. */
export function fieldTextOf(id: string): string {
  const match = /^(.+?)(?:\.(number|text|date))?\.([a-z][a-z0-9_]*)$/s.exec(id);
  if (match === null) return id;
  const kind = (match[2] as FieldText["kind"] | undefined) ?? null;
  return formatField({ func: match[3]!, kind, column: match[1]! });
}
