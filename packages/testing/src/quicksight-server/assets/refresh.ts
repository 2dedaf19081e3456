import { type Call, type Handler, text } from "../call.ts";
import { columnsOf } from "../definition/data-set-columns.ts";
import { alreadyExists, invalid, notFound, ServiceError } from "../service-error.ts";
import type { StoredDataSet, Wire } from "../store.ts";
import { dataSetOf, existing, REQUEST } from "./assets.ts";

const MOST_SCHEDULES = 5;

/** When SPICE is refreshed, and by which column an incremental refresh goes. */
export const REFRESH = {
  PutDataSetRefreshProperties(call) {
    const dataSet = spiceDataSetOf(call);
    const properties = call.input["DataSetRefreshProperties"] as RefreshProperties;
    const column = properties.RefreshConfiguration?.IncrementalRefresh.LookbackWindow.ColumnName;
    if (column !== undefined && columnsOf(dataSet.input).get(column) !== "DATETIME") {
      throw invalid(`${column} is not a DATETIME column of data set ${dataSet.id}`);
    }
    dataSet.refreshProperties = properties as Wire;
    return REQUEST;
  },
  DescribeDataSetRefreshProperties(call) {
    const { id, refreshProperties } = dataSetOf(call);
    if (refreshProperties === undefined) throw notFound(`Refresh properties of data set ${id}`);
    return { DataSetRefreshProperties: refreshProperties, ...REQUEST };
  },
  DeleteDataSetRefreshProperties(call) {
    const dataSet = dataSetOf(call);
    if (dataSet.refreshProperties === undefined) {
      throw notFound(`Refresh properties of data set ${dataSet.id}`);
    }
    delete dataSet.refreshProperties;
    return REQUEST;
  },
  CreateRefreshSchedule(call) {
    const dataSet = spiceDataSetOf(call);
    const schedule = scheduleIn(call, dataSet);
    const id = String(schedule["ScheduleId"]);
    if (dataSet.schedules.has(id)) throw alreadyExists(`Refresh schedule ${id}`);
    if (dataSet.schedules.size >= MOST_SCHEDULES) {
      const message = `A data set has ${MOST_SCHEDULES} refresh schedules at most`;
      throw new ServiceError("LimitExceededException", message);
    }
    dataSet.schedules.set(id, schedule);
    return namesOf(dataSet, id);
  },
  UpdateRefreshSchedule(call) {
    const dataSet = spiceDataSetOf(call);
    const schedule = scheduleIn(call, dataSet);
    const id = String(schedule["ScheduleId"]);
    existing(dataSet.schedules, id, "Refresh schedule");
    dataSet.schedules.set(id, schedule);
    return namesOf(dataSet, id);
  },
  DescribeRefreshSchedule(call) {
    const dataSet = dataSetOf(call);
    const id = text(call.input, "ScheduleId");
    const schedule = existing(dataSet.schedules, id, "Refresh schedule");
    return { RefreshSchedule: shapeOf(dataSet, schedule), Arn: arnOf(dataSet, id), ...REQUEST };
  },
  ListRefreshSchedules(call) {
    const dataSet = dataSetOf(call);
    const schedules = [...dataSet.schedules.values()].map((each) => shapeOf(dataSet, each));
    return { RefreshSchedules: schedules, ...REQUEST };
  },
  DeleteRefreshSchedule(call) {
    const dataSet = dataSetOf(call);
    const id = text(call.input, "ScheduleId");
    existing(dataSet.schedules, id, "Refresh schedule");
    dataSet.schedules.delete(id);
    return namesOf(dataSet, id);
  },
} satisfies Record<string, Handler>;

interface RefreshProperties {
  readonly RefreshConfiguration?: {
    readonly IncrementalRefresh: { readonly LookbackWindow: { readonly ColumnName: string } };
  };
}

function spiceDataSetOf(call: Call): StoredDataSet {
  const dataSet = dataSetOf(call);
  if (dataSet.input["ImportMode"] !== "SPICE") {
    throw invalid(`Data set ${dataSet.id} is not in SPICE`);
  }
  return dataSet;
}

function scheduleIn({ input }: Call, { id, refreshProperties }: StoredDataSet): Wire {
  const schedule = input["Schedule"] as Wire;
  if (schedule["RefreshType"] === "INCREMENTAL_REFRESH" && refreshProperties === undefined) {
    const message = `Data set ${id} has no refresh properties for an incremental refresh`;
    throw new ServiceError("PreconditionNotMetException", message);
  }
  return schedule;
}

// Nobody said when it begins: the service does.
function shapeOf(dataSet: StoredDataSet, schedule: Wire): Wire {
  return {
    StartAfterDateTime: dataSet.createdAt,
    ...schedule,
    Arn: arnOf(dataSet, String(schedule["ScheduleId"])),
  };
}

function arnOf({ arn }: StoredDataSet, id: string): string {
  return `${arn}/refresh-schedule/${id}`;
}

function namesOf(dataSet: StoredDataSet, id: string): Wire {
  return { ScheduleId: id, Arn: arnOf(dataSet, id), ...REQUEST };
}
