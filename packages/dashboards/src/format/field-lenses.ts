import { type Group, isGroup, isSame, merged, type Path } from "../model/tree.ts";
import { formOf, type Role, writtenForm } from "./field-forms.ts";
import { fieldIdOf, fieldTextOf, formatField, parseField } from "./field-text.ts";
import { FORMATS } from "./formats.ts";
import { type Lens, Misread, type Scope, VERBATIM } from "./lens.ts";
import { group, listOf, text } from "./plain-lenses.ts";

/** The fields of one well: a text each, or a map where there is more to say. */
export function fields(key: string, role: Role, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written, scope) =>
      listOf(written).map((one, i) => {
        try {
          return fieldToApi(role, one, scope);
        } catch (cause) {
          if (!(cause instanceof Misread)) throw cause;
          throw new Misread(
            cause.message,
            Array.isArray(written) ? [i, ...cause.path] : cause.path,
          );
        }
      }),
    toFile: (part, scope) => {
      if (!Array.isArray(part) || part.length === 0) return undefined;
      const all = part.map((one) => fieldToFile(role, one, scope));
      if (all.includes(undefined)) return undefined;
      return all.length === 1 ? all[0] : all;
    },
    place: ([index], written): Path =>
      Array.isArray(written) && index !== undefined ? [index] : [],
  };
}

/** An order: `sum(bytes) descending`, or a list of such. */
export function sorting(key: string, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written) =>
      listOf(written).map((one) => {
        const match = /^(.+) (ascending|descending)$/s.exec(text(one));
        if (match === null) throw new Misread(`expected such as "sum(bytes) descending"`);
        const Direction = match[2] === "ascending" ? "ASC" : "DESC";
        return { FieldSort: { FieldId: fieldIdOf(match[1]!), Direction } };
      }),
    toFile: (part) => {
      if (!Array.isArray(part) || part.length === 0) return undefined;
      const all = part.map((one) => {
        const sort: unknown = isGroup(one) ? one["FieldSort"] : undefined;
        if (!isGroup(sort)) return undefined;
        const direction = sort["Direction"] === "ASC" ? "ascending" : "descending";
        return `${fieldTextOf(String(sort["FieldId"]))} ${direction}`;
      });
      if (all.includes(undefined)) return undefined;
      return all.length === 1 ? all[0] : all;
    },
  };
}

/** How many items are drawn: `20`, or `20 and others` where the rest is one more item. */
export function itemsLimit(key: string, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written) => {
      const match = /^(\d+)( and others)?$/.exec(String(written));
      if (match === null) throw new Misread(`expected such as 20 or "20 and others"`);
      const OtherCategories = match[2] === undefined ? "EXCLUDE" : "INCLUDE";
      return { ItemsLimit: Number(match[1]), OtherCategories };
    },
    toFile: (part) => {
      if (!isGroup(part) || typeof part["ItemsLimit"] !== "number") return undefined;
      const limit = part["ItemsLimit"];
      return part["OtherCategories"] === "INCLUDE" ? `${limit} and others` : limit;
    },
  };
}

/** Headings of a table by field: `client: Who asked`, or `{ label, width }`. */
export function headings(key: string, ...path: readonly string[]): Lens {
  return {
    key,
    path,
    toApi: (written) =>
      Object.entries(group(written)).map(([field, heading]) => {
        const FieldId = fieldIdOf(field);
        if (typeof heading === "string") return { FieldId, CustomLabel: heading };
        const { label, width, hidden } = group(heading);
        return {
          FieldId,
          ...(label === undefined ? {} : { CustomLabel: label }),
          ...(width === undefined ? {} : { Width: width }),
          ...(hidden === true ? { Visibility: "HIDDEN" } : {}),
        };
      }),
    toFile: (part) => {
      if (!Array.isArray(part) || !part.every(isGroup) || part.length === 0) return undefined;
      return Object.fromEntries(
        part.map(({ FieldId, CustomLabel: label, Width: width, Visibility }) => [
          fieldTextOf(String(FieldId)),
          width === undefined && Visibility === undefined && label !== undefined
            ? label
            : {
                ...(label === undefined ? {} : { label }),
                ...(width === undefined ? {} : { width }),
                ...(Visibility === "HIDDEN" ? { hidden: true } : {}),
              },
        ]),
      );
    },
  };
}

const FIELD_KEYS = ["field", "id", "data-set", "format", VERBATIM];

function fieldToApi(role: Role, written: unknown, scope: Scope): Group {
  const whole = typeof written === "string" ? { field: written } : group(written);
  const wrong = Object.keys(whole).find((key) => !FIELD_KEYS.includes(key));
  if (wrong !== undefined) {
    throw new Misread(`unknown key ${wrong}, allowed are ${FIELD_KEYS.join(", ")}`, [wrong]);
  }
  const parsed = parseField(text(whole["field"]));
  const { member, extra } = formOf(role, parsed);
  const dataSet = whole["data-set"] ?? scope.dataSet;
  const body = {
    FieldId: whole["id"] ?? fieldIdOf(formatField(parsed)),
    Column: {
      ...(dataSet === undefined ? {} : { DataSetIdentifier: dataSet }),
      ColumnName: parsed.column,
    },
    ...extra,
    ...formatToApi(member, whole["format"]),
  };
  const all = merged(body, whole[VERBATIM]) as Group;
  return member === null ? all : { [member]: all };
}

function formatToApi(member: string | null, format: unknown): Group {
  if (format === undefined) return {};
  const found = FORMATS[text(format)];
  if (member === "DateDimensionField" || member === "DateMeasureField") {
    return { FormatConfiguration: { DateTimeFormat: format } };
  }
  if (found === undefined) {
    throw new Misread(
      `got ${JSON.stringify(format)}, expected one of ${Object.keys(FORMATS).join(", ")}`,
      ["format"],
    );
  }
  const number = { FormatConfiguration: found };
  return { FormatConfiguration: member === null ? { NumberFormatConfiguration: number } : number };
}

function fieldToFile(role: Role, field: unknown, scope: Scope): unknown {
  if (!isGroup(field)) return undefined;
  const [member, ...more] = role === "column" ? [null] : Object.keys(field);
  if (member === undefined || more.length > 0) return undefined;
  const body: unknown = member === null ? field : field[member];
  if (!isGroup(body) || !isGroup(body["Column"])) return undefined;
  const { DataSetIdentifier: dataSet, ColumnName: column } = body["Column"];
  const form = writtenForm(role, member, body);
  if (form === undefined || typeof column !== "string" || dataSet === undefined) return undefined;
  const base = {
    field: formatField({ ...form, column }),
    ...(dataSet === scope.dataSet ? {} : { "data-set": dataSet }),
  };
  return smallest(role, base, field, scope);
}

// Adds one thing after the other until the API's field comes out.
function smallest(role: Role, base: Group, field: Group, scope: Scope): unknown {
  const body = bodyOf(field);
  const written = { ...base };
  const short = (): unknown => (Object.keys(written).length === 1 ? written["field"] : written);
  try {
    if (bodyOf(fieldToApi(role, written, scope))["FieldId"] !== body["FieldId"]) {
      written["id"] = body["FieldId"];
    }
    const bare = fieldToApi(role, written, scope);
    if (isSame(bare, field)) return short();
    for (const format of formatsOf(body)) {
      const formatted = { ...written, format };
      if (isSame(fieldToApi(role, formatted, scope), field)) return formatted;
    }
    const rest = difference(field, bare);
    if (rest === undefined) return undefined;
    const verbatim = { ...written, [VERBATIM]: role === "column" ? rest : bodyOf(rest) };
    return isSame(fieldToApi(role, verbatim, scope), field) ? verbatim : undefined;
  } catch (cause) {
    if (cause instanceof Misread) return undefined;
    throw cause;
  }
}

function bodyOf(field: Group): Group {
  const [only] = Object.values(field);
  return isGroup(only) && field["FieldId"] === undefined ? only : field;
}

function formatsOf({ FormatConfiguration }: Group): readonly string[] {
  if (!isGroup(FormatConfiguration)) return [];
  const { DateTimeFormat } = FormatConfiguration;
  return typeof DateTimeFormat === "string" ? [DateTimeFormat] : Object.keys(FORMATS);
}

/** What `whole` has and `part` lacks; undefined when they contradict each other. */
function difference(whole: Group, part: Group): Group | undefined {
  if (Object.keys(part).some((key) => !(key in whole))) return undefined;
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(whole)) {
    if (!(key in part)) rest[key] = value;
    else if (isGroup(value) && isGroup(part[key])) {
      const inner = difference(value, part[key]);
      if (inner === undefined) return undefined;
      if (Object.keys(inner).length > 0) rest[key] = inner;
    } else if (!isSame(value, part[key])) return undefined;
  }
  return rest;
}
