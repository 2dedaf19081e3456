import { type Dialect, type SqlValue, type Statement, TurnawayError } from "@turnaway/core";

import { SQL_FILES } from "./catalogue.gen.ts";
import { PLACEHOLDERS, type SqlSettings } from "./macros.ts";
import type { SqlFile } from "./sql-file.ts";

/**
 * The text of a file with its placeholders expanded, in one dialect.
 *
 * `fragments` are pieces that the caller composed of checked literals, such as
 * the periods of a report; each is named by a `{{placeholder}}` of the file.
 */
export function composeSql(
  file: SqlFile,
  settings: SqlSettings,
  fragments: Readonly<Record<string, string>> = {},
): string {
  const expand = (text: string): string =>
    text.replaceAll(/\{\{([^}]+)\}\}/g, (_whole, body: string) => {
      const [name, ...args] = body.split(":");
      if (name === "include") {
        const part = getIncluded(args[0]!);
        return expand(part.text.replaceAll("{{input}}", args[1] ?? "")).trim();
      }
      const own = fragments[name!];
      if (own !== undefined) return own;
      const placeholder = PLACEHOLDERS[name!];
      if (placeholder === undefined) {
        throw new TurnawayError("BUG", {
          what: "unknown placeholder",
          where: `${file.kind}/${file.name}.sql`,
          why: `{{${body}}} is neither in the macro table nor given`,
        });
      }
      return placeholder(settings, ...args);
    });
  return expand(file.text).trim();
}

/**
 * Turns `:name` into positional `?` and lists the values in their order.
 *
 * Quoted text and comments are left alone. A missing value is a bug of the caller.
 */
export function bindParameters(
  name: string,
  sql: string,
  values: Readonly<Record<string, SqlValue>>,
): Statement {
  const params: SqlValue[] = [];
  const bound = sql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|(?<![:\w]):([a-z_]+)\b/g,
    (whole, parameter: string | undefined) => {
      if (parameter === undefined) return whole;
      if (!(parameter in values)) {
        throw new TurnawayError("BUG", {
          what: "parameter without a value",
          where: name,
          why: `:${parameter} stands in the statement`,
        });
      }
      params.push(values[parameter]!);
      return "?";
    },
  );
  return { name, sql: bound, params };
}

// A part by its name, or a whole statement as `rollups/traffic_rollup`.
function getIncluded(path: string): SqlFile {
  const [kind, name] = path.split("/");
  return name === undefined ? getSqlFile("parts", path) : getSqlFile(kind as SqlFile["kind"], name);
}

/** The file of that kind and name. @throws TurnawayError BUG when there is none. */
export function getSqlFile(kind: SqlFile["kind"], name: string): SqlFile {
  const file = SQL_FILES.find((f) => f.kind === kind && f.name === name);
  if (file !== undefined) return file;
  throw new TurnawayError("BUG", {
    what: "no such SQL file",
    where: kind,
    why: `received ${name}`,
  });
}

/** All files of a kind, by name. */
export function listSqlFiles(kind: SqlFile["kind"]): readonly SqlFile[] {
  return SQL_FILES.filter((f) => f.kind === kind);
}

export type { Dialect };
