import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { CONFORMED_FIELDS } from "../src/macros.ts";
import type { SqlFile } from "../src/sql-file.ts";

const KINDS = [
  "parts",
  "views",
  "rollups",
  "queries",
  "detections",
  "reports",
  "datasets",
] as const satisfies readonly SqlFile["kind"][];

/** Every `.sql` file of the package with its header parsed, by kind and name. */
export function readSqlFiles(root: string): readonly SqlFile[] {
  return KINDS.flatMap((kind) =>
    readdirSync(join(root, kind))
      .filter((file) => file.endsWith(".sql"))
      .toSorted()
      .map((file) => parseSqlFile(kind, file, readFileSync(join(root, kind, file), "utf8"))),
  );
}

/** A file starts with a YAML header between `-- ---` lines; what follows is the statement. */
function parseSqlFile(kind: SqlFile["kind"], file: string, source: string): SqlFile {
  const match = /^-- ---\n((?:--.*\n)+?)-- ---\n([\s\S]*)$/.exec(source);
  if (match === null) throw new Error(`${kind}/${file}: no header between "-- ---" lines`);
  const header = parse(match[1]!.replaceAll(/^-- ?/gm, "")) as Partial<SqlFile>;
  const { columns } = header;
  return {
    kind,
    name: file.slice(0, -".sql".length),
    what: "",
    ...header,
    ...(columns === undefined ? {} : { columns: withConformed(columns) }),
    text: match[2]!,
  };
}

// `"{{conformed}}": a b` stands for every field of the one list but the columns a and b.
function withConformed(columns: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, meaning]): (readonly [string, string])[] => {
      if (name !== "{{conformed}}") return [[name, meaning]];
      const without = meaning.split(" ");
      return CONFORMED_FIELDS.map(
        (field) => [field.column.replaceAll('"', ""), field.means] as const,
      ).filter(([column]) => !without.includes(column));
    }),
  );
}
