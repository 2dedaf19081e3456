import type { DashboardVersionDefinition } from "@aws-sdk/client-quicksight";

import type { Group } from "./model/tree.ts";

/** The files of one dashboard: path from its folder, such as `visuals/top-sources.yml`, to text. */
export type DefinitionFiles = Readonly<Record<string, string>>;

/** Where a dashboard is deployed, which its files do not say. */
export interface DashboardTarget {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** What ids of data sets begin with; empty for none. */
  readonly prefix: string;
}

/** A dashboard as the API has it. */
export interface Dashboard {
  readonly name: string;
  readonly description?: string;
  /** Id of a theme. Absent: the account's own. */
  readonly theme?: string;
  /** What the files of the data sets say, by the name of the file; see {@link DataSetFile}. */
  readonly dataSets: Readonly<Record<string, DataSetFile>>;
  readonly definition: DashboardVersionDefinition;
}

/** A file of `data-sets/`. */
export interface DataSetFile extends Group {
  /** What people see in QuickSight. */
  readonly name?: string;
  /** The statement that it reads: kind and name of a file of packages/sql, `datasets/traffic`. */
  readonly source?: string;
  /** `spice` is imported and refreshed, `direct` asks Athena for each visual. */
  readonly mode?: string;
  /** How often SPICE is refreshed: `hourly` or `daily`. */
  readonly refresh?: string;
  /** Of an incremental refresh: the DATETIME column that it goes by. */
  readonly "refresh-by"?: string;
  /** Of an incremental refresh: how far it looks back, `3 days`. */
  readonly lookback?: string;
  /** What definitions call it. Absent: the name of the file. */
  readonly identifier?: string;
  /** Its id in QuickSight, behind the prefix. Absent: the name of the file. */
  readonly id?: string;
}

/** Keys of a {@link DataSetFile}. */
export const DATA_SET_KEYS = [
  "name",
  "source",
  "mode",
  "refresh",
  "refresh-by",
  "lookback",
  "identifier",
  "id",
] as const;
