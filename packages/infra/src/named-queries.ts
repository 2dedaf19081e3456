import type { Config } from "@turnaway/core";
import { listShown, showSql, sqlSettings } from "@turnaway/runs/sql";
import type { SqlFile } from "@turnaway/sql";

import type { NamedQuery } from "./constructs/named-queries.ts";

/**
 * Every query and detection of the catalogue with the text that `turnaway sql show` prints for
 * Athena. What reports and rollups are made of is not among them: nobody asks it by hand.
 */
export function namedQueries(config: Config): readonly NamedQuery[] {
  const settings = { config, sql: sqlSettings(config) };
  return listShown()
    .filter(({ file }) => file.kind === "queries" || file.kind === "detections")
    .map(({ name, file }) => ({
      name,
      description: describe(file),
      text: showSql(file, "athena", settings),
    }));
}

function describe({ what, grain }: SqlFile): string {
  return grain === undefined ? what : `${what} ${grain[0]!.toUpperCase()}${grain.slice(1)}.`;
}
