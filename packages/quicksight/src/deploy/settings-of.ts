import type { DataSet } from "@aws-sdk/client-quicksight";

/** What people set up on a data set in QuickSight and no file says: above all, who sees which rows. */
export type DataSetSettings = Pick<DataSet, (typeof SETTINGS)[number]>;

/**
 * The settings of a live data set. `UpdateDataSet` replaces the whole, so whatever is not sent
 * along is taken away: without them a changed column would show every row to everybody.
 */
export function settingsOf(live: DataSet): DataSetSettings {
  return Object.fromEntries(
    SETTINGS.flatMap((key) => (isSet(live[key]) ? [[key, live[key]]] : [])),
  );
}

const SETTINGS = [
  "RowLevelPermissionDataSet",
  "RowLevelPermissionTagConfiguration",
  "ColumnLevelPermissionRules",
  "ColumnGroups",
  "FieldFolders",
  "DatasetParameters",
  "DataSetUsageConfiguration",
  "PerformanceConfiguration",
] as const;

// The service answers with empty lists and objects, and refuses them.
function isSet(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0;
}
