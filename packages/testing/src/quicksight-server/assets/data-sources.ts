import { beginWork, type Call, type Handler, text } from "../call.ts";
import { page } from "../pages.ts";
import { alreadyExists } from "../service-error.ts";
import type { StoredDataSource } from "../store.ts";
import { lookAt, resultOf, statusOf, type WorkError } from "../work.ts";
import { checkIdle, existing, newAsset, REQUEST, withoutGrants } from "./assets.ts";
import { checkPermissions } from "./permissions.ts";

/** Data sources: made and changed in the background, and nothing reads them before. */
export const DATA_SOURCES = {
  CreateDataSource(call) {
    const { store, input } = call;
    const id = text(input, "DataSourceId");
    if (store.dataSources.has(id)) throw alreadyExists(`Data source ${id}`);
    checkPermissions(call, "DataSource", input["Permissions"] as []);
    const source: StoredDataSource = {
      ...newAsset(call, id, "datasource"),
      input: withoutGrants(input),
      work: beginWork(call, { phase: "CREATION", failure: FAILURE }),
    };
    store.dataSources.set(id, source);
    return { ...names(source), CreationStatus: statusOf(source.work) };
  },
  UpdateDataSource(call) {
    const source = dataSourceOf(call);
    checkIdle(source.work, `Data source ${source.id}`);
    source.input = { Type: source.input["Type"], ...withoutGrants(call.input) };
    source.updatedAt = call.store.tick();
    source.work = beginWork(call, { phase: "UPDATE", failure: FAILURE });
    return { ...names(source), UpdateStatus: statusOf(source.work) };
  },
  DescribeDataSource(call) {
    return { DataSource: shapeOf(dataSourceOf(call)), ...REQUEST };
  },
  DeleteDataSource(call) {
    const source = dataSourceOf(call);
    call.store.dataSources.delete(source.id);
    return names(source);
  },
  ListDataSources(call) {
    return page(call, "DataSources", [...call.store.dataSources.values()].map(shapeOf));
  },
} satisfies Record<string, Handler>;

const FAILURE: WorkError = { Type: "GENERIC_SQL_FAILURE", Message: "The query of Athena failed" };

function dataSourceOf({ store, input }: Call): StoredDataSource {
  return existing(store.dataSources, text(input, "DataSourceId"), "Data source");
}

function names({ id, arn }: StoredDataSource): Record<string, unknown> {
  return { DataSourceId: id, Arn: arn, ...REQUEST };
}

function shapeOf({ id, arn, input, createdAt, updatedAt, work }: StoredDataSource): object {
  const status = lookAt(work);
  const [error] = resultOf(work) === "FAILED" ? work.errors : [];
  const { Credentials: _secret, ...shown } = input;
  return {
    ...shown,
    DataSourceId: id,
    Arn: arn,
    Status: status,
    CreatedTime: createdAt,
    LastUpdatedTime: updatedAt,
    ...(error !== undefined && { ErrorInfo: { Type: error.Type, Message: error.Message } }),
  };
}
