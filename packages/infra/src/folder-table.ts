import { partitionTemplate, type S3Layout } from "@turnaway/core";
import type { GlueTableInput } from "@turnaway/sql";

/** Name of the table whose partitions a crawler adds. */
export const FOLDER_TABLE = "flow_logs_by_folder";

/**
 * The raw table for readers that ignore partition projection: the same files, with one partition
 * key for each level of folders, which is what a crawler finds. Where folders are named
 * (`year=2026`) the keys have these names.
 */
export function folderTable(table: GlueTableInput, layout: S3Layout): GlueTableInput {
  const parameters = Object.entries(table.Parameters).filter(
    ([key]) => !key.startsWith("projection.") && key !== "storage.location.template",
  );
  return {
    ...table,
    Name: FOLDER_TABLE,
    Description: "The same files as flow_logs, with partitions that a crawler adds daily",
    Parameters: Object.fromEntries(parameters),
    PartitionKeys: folderKeys(layout).map((name) => ({
      Name: name,
      Type: "string",
      Comment: "level of folders",
    })),
  };
}

function folderKeys(layout: S3Layout): string[] {
  const [, ...levels] = partitionTemplate("", layout).split("/").slice(0, -1);
  return levels.map((level) => {
    const [key, value] = level.split("=");
    if (value !== undefined) return key!;
    // Not the bare name: records have a field that is called region.
    return `folder_${/^\$\{(\w+)\}$/.exec(level)?.[1] ?? "service"}`;
  });
}
