import { type Call, type Handler, text } from "../call.ts";
import { columnsOf } from "../definition/data-set-columns.ts";
import { page } from "../pages.ts";
import { alreadyExists, invalid } from "../service-error.ts";
import type { QuickSightStore, StoredDataSet, Wire } from "../store.ts";
import { checkIdle, dataSetOf, newAsset, REQUEST, withoutGrants } from "./assets.ts";
import { beginIngestion } from "./ingestions.ts";
import { checkPermissions } from "./permissions.ts";

/** Data sets. SPICE imports one as soon as it is made or changed. One in use can be deleted. */
export const DATA_SETS = {
  CreateDataSet(call) {
    const { store, input } = call;
    const id = text(input, "DataSetId");
    if (store.dataSets.has(id)) throw alreadyExists(`Data set ${id}`);
    checkPermissions(call, "DataSet", input["Permissions"] as []);
    checkSources(store, input);
    const dataSet: StoredDataSet = {
      ...newAsset(call, id, "dataset"),
      input: withoutGrants(input),
      schedules: new Map(),
      ingestions: [],
    };
    store.dataSets.set(id, dataSet);
    return { ...names(dataSet), ...imported(call, dataSet, "INITIAL_INGESTION") };
  },
  UpdateDataSet(call) {
    const dataSet = dataSetOf(call);
    checkSources(call.store, call.input);
    if (call.input["ImportMode"] !== "SPICE" && dataSet.schedules.size > 0) {
      throw invalid(`Data set ${dataSet.id} has a refresh schedule, which needs SPICE`);
    }
    dataSet.input = withoutGrants(call.input);
    dataSet.updatedAt = call.store.tick();
    return { ...names(dataSet), ...imported(call, dataSet, "EDIT") };
  },
  DescribeDataSet(call) {
    const dataSet = dataSetOf(call);
    const columns = [...columnsOf(dataSet.input)].map(([Name, Type]) => ({ Name, Type }));
    return {
      DataSet: {
        ...dataSet.input,
        ...summaryOf(dataSet),
        OutputColumns: columns,
        ConsumedSpiceCapacityInBytes: dataSet.input["ImportMode"] === "SPICE" ? 1_000_000 : 0,
      },
      ...REQUEST,
    };
  },
  DeleteDataSet(call) {
    const dataSet = dataSetOf(call);
    call.store.dataSets.delete(dataSet.id);
    return names(dataSet);
  },
  ListDataSets(call) {
    const summaries = [...call.store.dataSets.values()].map((dataSet) => ({
      ...summaryOf(dataSet),
      ImportMode: dataSet.input["ImportMode"],
      RowLevelPermissionTagConfigurationApplied: false,
      ColumnLevelPermissionRulesApplied: false,
    }));
    return page(call, "DataSetSummaries", summaries);
  },
} satisfies Record<string, Handler>;

function names({ id, arn }: StoredDataSet): Record<string, unknown> {
  return { DataSetId: id, Arn: arn, ...REQUEST };
}

function imported(call: Call, dataSet: StoredDataSet, type: string): object {
  if (dataSet.input["ImportMode"] !== "SPICE") return {};
  const id = `import-${dataSet.ingestions.length + 1}`;
  const { arn } = beginIngestion(call, dataSet, { id, type });
  return { IngestionId: id, IngestionArn: arn };
}

function checkSources(store: QuickSightStore, { PhysicalTableMap = {} }: Wire): void {
  for (const table of Object.values(PhysicalTableMap as Record<string, Record<string, Wire>>)) {
    const arn = Object.values(table)[0]?.["DataSourceArn"];
    const source = [...store.dataSources.values()].find((each) => each.arn === arn);
    if (source === undefined) throw invalid(`Data source ${String(arn)} does not exist`);
    checkIdle(source.work, `Data source ${source.id}`);
  }
}

function summaryOf({ id, arn, input, createdAt, updatedAt }: StoredDataSet): Wire {
  return {
    DataSetId: id,
    Arn: arn,
    Name: input["Name"],
    CreatedTime: createdAt,
    LastUpdatedTime: updatedAt,
  };
}
