import { beginWork, type Call, type Handler, optionalText, text } from "../call.ts";
import { page } from "../pages.ts";
import { alreadyExists, invalid } from "../service-error.ts";
import type { StoredDataSet, StoredIngestion } from "../store.ts";
import { lookAt, resultOf, type WorkError } from "../work.ts";
import { dataSetOf, existing, REQUEST } from "./assets.ts";

/** Imports into SPICE. */
export const INGESTIONS = {
  CreateIngestion(call) {
    const dataSet = dataSetOf(call);
    const id = text(call.input, "IngestionId");
    if (dataSet.input["ImportMode"] !== "SPICE") {
      throw invalid(`Data set ${dataSet.id} is not in SPICE`);
    }
    if (dataSet.ingestions.some((each) => each.id === id)) throw alreadyExists(`Ingestion ${id}`);
    const type = optionalText(call.input, "IngestionType") ?? "FULL_REFRESH";
    if (type === "INCREMENTAL_REFRESH" && dataSet.refreshProperties === undefined) {
      throw invalid(`Data set ${dataSet.id} has no refresh properties`);
    }
    const { arn } = beginIngestion(call, dataSet, { id, type });
    return { Arn: arn, IngestionId: id, IngestionStatus: "INITIALIZED", ...REQUEST };
  },
  DescribeIngestion(call) {
    return { Ingestion: shapeOf(ingestionOf(call)), ...REQUEST };
  },
  ListIngestions(call) {
    const newestFirst = dataSetOf(call).ingestions.toReversed();
    return page(call, "Ingestions", newestFirst.map(shapeOf));
  },
  CancelIngestion(call) {
    const ingestion = ingestionOf(call);
    if (resultOf(ingestion.work) !== "IN_PROGRESS") {
      throw invalid(`Ingestion ${ingestion.id} is not running`);
    }
    ingestion.isCancelled = true;
    return { Arn: ingestion.arn, IngestionId: ingestion.id, ...REQUEST };
  },
} satisfies Record<string, Handler>;

/** Begins to import a data set. What becomes of it does not change the data set itself. */
export function beginIngestion(
  call: Call,
  dataSet: StoredDataSet,
  { id, type }: Pick<StoredIngestion, "id" | "type">,
): StoredIngestion {
  const ingestion: StoredIngestion = {
    id,
    type,
    arn: `${dataSet.arn}/ingestion/${id}`,
    createdAt: call.store.tick(),
    work: beginWork(call, { phase: "CREATION", failure: FAILURE }),
    isCancelled: false,
  };
  dataSet.ingestions.push(ingestion);
  return ingestion;
}

const FAILURE: WorkError = { Type: "SQL_EXCEPTION", Message: "The query of Athena failed" };

const STATUS = { IN_PROGRESS: "RUNNING", SUCCESSFUL: "COMPLETED", FAILED: "FAILED" } as const;

function ingestionOf(call: Call): StoredIngestion {
  const id = text(call.input, "IngestionId");
  const { ingestions } = dataSetOf(call);
  return existing(new Map(ingestions.map((each) => [each.id, each])), id, "Ingestion");
}

function shapeOf({ id, arn, type, createdAt, work, isCancelled }: StoredIngestion): object {
  const result = resultOf(work);
  lookAt(work);
  const [error] = result === "FAILED" && !isCancelled ? work.errors : [];
  return {
    IngestionId: id,
    Arn: arn,
    IngestionStatus: isCancelled ? "CANCELLED" : STATUS[result],
    CreatedTime: createdAt,
    RequestSource: "MANUAL",
    RequestType: type,
    ...(error !== undefined && { ErrorInfo: { Type: error.Type, Message: error.Message } }),
    ...(result === "SUCCESSFUL" && {
      IngestionTimeInSeconds: 1,
      IngestionSizeInBytes: 1_000_000,
      RowInfo: { RowsIngested: 1000, RowsDropped: 0, TotalRowsInDataset: 1000 },
    }),
  };
}
