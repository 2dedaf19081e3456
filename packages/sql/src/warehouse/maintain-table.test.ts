import { expect, it } from "vitest";

import type { WarehousePlace } from "./dialect.ts";
import { maintainTable } from "./maintain-table.ts";

const DAYS = { first: "2026-11-12", last: "2026-11-19" };

it.each<[string, WarehousePlace, readonly string[]]>([
  [
    "Athena",
    { dialect: "athena", schema: "turnaway", icebergCatalog: null, location: "s3://b/t/" },
    [
      "OPTIMIZE rows REWRITE DATA USING BIN_PACK WHERE day >= '2026-11-12' AND day <= '2026-11-19'",
      "VACUUM rows",
    ],
  ],
  [
    "Trino",
    { dialect: "trino", schema: "turnaway", icebergCatalog: "iceberg", location: null },
    [
      "ALTER TABLE iceberg.turnaway.rows EXECUTE optimize WHERE day >= '2026-11-12' AND day <= '2026-11-19'",
      "ALTER TABLE iceberg.turnaway.rows EXECUTE expire_snapshots(retention_threshold => '7d')",
      "ALTER TABLE iceberg.turnaway.rows EXECUTE remove_orphan_files(retention_threshold => '7d')",
    ],
  ],
])("a table is kept small on %s", (_engine, place, statements) => {
  expect(maintainTable(place, "rows", DAYS).map(({ sql }) => sql)).toEqual(statements);
});
