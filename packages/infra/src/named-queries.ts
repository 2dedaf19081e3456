import { listShown, showSql, sqlSettings } from "@turnaway/runs/sql";
import type { Config } from "@turnaway/core";

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
      description: file.grain === undefined ? file.what : `${file.what} One row: ${file.grain}.`,
      text: showSql(file, "athena", settings),
    }));
}
