import { createHash } from "node:crypto";

import { composeSql, listSqlFiles, type SqlSettings } from "@turnaway/sql";

/** Changes when any SQL that builds a day does, or what it takes from configuration. */
export function fingerprintOf(settings: SqlSettings): string {
  const hash = createHash("sha256");
  for (const kind of ["views", "rollups"] as const) {
    for (const file of listSqlFiles(kind)) {
      if (file.name.startsWith("vpc_") || file.name === "flows") continue;
      hash.update(composeSql(file, settings, { partition_columns: "", records_of_day: "TRUE" }));
    }
  }
  return hash.digest("hex");
}
