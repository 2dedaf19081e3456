import type { TableMetadata } from "@aws-sdk/client-athena";
import { fail, type Check, ok } from "@turnaway/core/checks";
import { glueTableInput, rawTable, type RawTableConfig } from "@turnaway/sql";

type Glue = ReturnType<typeof glueTableInput>;

/** The raw table as it is live, against the one that the configuration makes. */
export function checkTable(live: TableMetadata, config: RawTableConfig): Check[] {
  const wanted = glueTableInput(rawTable(config));
  return [checkColumns(live, wanted, config), checkProjection(live, wanted)];
}

const DEPLOY = "run `turnaway deploy apply`: it makes the table anew, no logs are touched";

// Text is read by position, so a column too few shifts all that follow; Parquet by name.
function checkColumns(live: TableMetadata, wanted: Glue, config: RawTableConfig): Check {
  const columns = (live.Columns ?? []).map(({ Name, Type }) => `${Name} ${Type}`);
  const expected = wanted.StorageDescriptor.Columns.map(({ Name, Type }) => `${Name} ${Type}`);
  const logged = config.logs.format.fields.length;
  const byName = config.logs.fileFormat === "parquet";
  const wrong = byName
    ? expected.findIndex((column) => !columns.includes(column))
    : expected.findIndex((column, i) => columns[i] !== column);
  if (wrong < 0) {
    const how = byName ? "by name" : "in the order of the log format";
    return ok("COLUMNS", `${expected.length} columns, ${logged} of them logged, ${how}`);
  }
  const has = byName ? "is missing" : `is ${columns[wrong] ?? "missing"}`;
  const harm =
    wrong >= logged
      ? "views that name it fail"
      : "values are read into wrong columns, without an error";
  return fail(
    "COLUMNS",
    `column ${wrong + 1} of the log format, ${expected[wrong]}, ${has} in the table: ${harm}`,
    DEPLOY,
  );
}

function checkProjection(live: TableMetadata, wanted: Glue): Check {
  const keys = (live.PartitionKeys ?? []).map(({ Name }) => Name);
  const expectedKeys = wanted.PartitionKeys.map(({ Name }) => Name);
  if (keys.join() !== expectedKeys.join()) {
    return fail(
      "PROJECTION",
      `the table is partitioned by ${keys.join(", ") || "nothing"}, the layout asks for ${expectedKeys.join(", ")}`,
      DEPLOY,
    );
  }
  const wrong = Object.entries(wanted.Parameters).find(
    ([key, value]) => isProjection(key) && (live.Parameters ?? {})[key] !== value,
  );
  if (wrong === undefined) {
    return ok("PROJECTION", `partitions by ${keys.join(", ")} from the names of the folders`);
  }
  const [key, value] = wrong;
  return fail(
    "PROJECTION",
    `${key} is ${(live.Parameters ?? {})[key] ?? "missing"}, expected ${value}: days or accounts are left out without an error`,
    DEPLOY,
  );
}

function isProjection(key: string): boolean {
  return key.startsWith("projection.") || key === "storage.location.template";
}
