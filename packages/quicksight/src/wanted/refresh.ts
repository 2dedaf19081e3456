import type {
  DataSetRefreshProperties,
  IngestionType,
  LookbackWindowSizeUnit,
  RefreshSchedule,
} from "@aws-sdk/client-quicksight";
import { type Config, TurnawayError } from "@turnaway/core";
import type { DataSetFile } from "@turnaway/dashboards";

import { hashOf } from "./content-hash.ts";

/** How SPICE is kept up to date. */
export interface WantedRefresh {
  /** Null where everything is read again each time. */
  readonly properties: DataSetRefreshProperties | null;
  /** Null where nothing says when. */
  readonly schedule: RefreshSchedule | null;
  /** Of both. */
  readonly hash: string;
}

/** The type of the ingestions that such a refresh makes. */
export function ingestionType({ properties }: Pick<WantedRefresh, "properties">): IngestionType {
  return properties === null ? "FULL_REFRESH" : "INCREMENTAL_REFRESH";
}

/** The refresh that a data set's file asks for. @throws TurnawayError CONFIG */
export function refreshOf(
  name: string,
  file: DataSetFile,
  { refreshAt }: Config["dashboards"],
): WantedRefresh {
  const properties = propertiesOf(name, file);
  const type = ingestionType({ properties });
  const schedule = scheduleOf(name, file, { refreshAt, type });
  return { properties, schedule, hash: hashOf([properties, schedule]) };
}

/** Whether both mean the same, whatever the service fills in. */
export function isSameProperties(
  a: DataSetRefreshProperties | null,
  b: DataSetRefreshProperties | null,
): boolean {
  const window = (one: typeof a) => one?.RefreshConfiguration?.IncrementalRefresh?.LookbackWindow;
  return (["ColumnName", "Size", "SizeUnit"] as const).every(
    (key) => window(a)?.[key] === window(b)?.[key],
  );
}

/** Whether both refresh at the same time and in the same way. */
export function isSameSchedule(a: RefreshSchedule, b: RefreshSchedule): boolean {
  const is = a.ScheduleFrequency;
  const shall = b.ScheduleFrequency;
  return (
    a.RefreshType === b.RefreshType &&
    is?.Interval === shall?.Interval &&
    is?.TimeOfTheDay === shall?.TimeOfTheDay &&
    (is?.Timezone ?? ZONE) === (shall?.Timezone ?? ZONE)
  );
}

/** Id of the one schedule of a data set. */
export const SCHEDULE_ID = "turnaway";

function propertiesOf(name: string, file: DataSetFile): DataSetRefreshProperties | null {
  const { "refresh-by": column, lookback } = file;
  if (column === undefined) return null;
  const match = /^(\d{1,4}) (hour|day|week)s?$/.exec(lookback ?? "1 day");
  if (match === null) throw wrong(name, `its lookback is "${lookback}"`, "write such as `3 days`");
  const window = {
    ColumnName: column,
    Size: Number(match[1]),
    SizeUnit: match[2]!.toUpperCase() as LookbackWindowSizeUnit,
  };
  return { RefreshConfiguration: { IncrementalRefresh: { LookbackWindow: window } } };
}

function scheduleOf(
  name: string,
  { refresh }: DataSetFile,
  { refreshAt, type }: { readonly refreshAt: string; readonly type: IngestionType },
): RefreshSchedule | null {
  if (refresh === undefined) return null;
  const frequency = {
    hourly: { Interval: "HOURLY" },
    daily: { Interval: "DAILY", TimeOfTheDay: refreshAt },
  } as const;
  if (refresh !== "hourly" && refresh !== "daily") {
    throw wrong(name, `its refresh is "${refresh}"`, "write hourly or daily");
  }
  return {
    ScheduleId: SCHEDULE_ID,
    ScheduleFrequency: { ...frequency[refresh], Timezone: ZONE },
    RefreshType: type,
  };
}

const ZONE = "UTC";

function wrong(name: string, why: string, fix: string): TurnawayError {
  const what = "this data set can't be refreshed";
  return new TurnawayError("CONFIG", { what, where: `data-sets/${name}.yml`, why, fix });
}
