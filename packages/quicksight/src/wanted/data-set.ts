import type {
  DataSet,
  DataSetImportMode,
  InputColumn,
  LogicalTable,
  PhysicalTable,
} from "@aws-sdk/client-quicksight";
import { type Config, didYouMean, TurnawayError } from "@turnaway/core";
import type { DashboardTarget, DataSetFile } from "@turnaway/dashboards";
import { dataSetColumns, dataSetView, SQL_FILES } from "@turnaway/sql";

import { hashOf } from "./content-hash.ts";
import { assetArn, dataSourceId } from "./names.ts";
import { refreshOf, type WantedRefresh } from "./refresh.ts";

/** A data set as it is to be. */
export interface WantedDataSet {
  /** Name of its file, `rejects`. */
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly content: DataSetContent;
  readonly hash: string;
  /** Null where Athena is asked for each visual. */
  readonly refresh: WantedRefresh | null;
}

/** What `CreateDataSet` and `UpdateDataSet` take, beside ids. */
export interface DataSetContent {
  readonly Name: string;
  readonly ImportMode: DataSetImportMode;
  readonly PhysicalTableMap: Record<string, PhysicalTable>;
  readonly LogicalTableMap: Record<string, LogicalTable>;
}

/**
 * A file of `data-sets/` as what the API takes: the view of the same name, column by column.
 *
 * @throws TurnawayError CONFIG for a statement that is not deployed as a view, or a refresh that
 * is not understood
 */
export function wantedDataSet(
  name: string,
  file: DataSetFile,
  {
    config,
    target,
  }: { readonly config: Pick<Config, "athena" | "dashboards">; readonly target: DashboardTarget },
): WantedDataSet {
  const id = `${target.prefix}${file.id ?? name}`;
  const view = viewOf(name, file);
  const mode = file.mode ?? "spice";
  if (mode !== "spice" && mode !== "direct") {
    throw wrong(name, `its mode is "${mode}"`, "write spice or direct");
  }
  const relational = {
    DataSourceArn: assetArn(target, "data source", dataSourceId(target)),
    Catalog: CATALOG,
    Schema: config.athena.database,
    Name: dataSetView(view),
    InputColumns: columnsOf(view),
  };
  const content: DataSetContent = {
    Name: file.name ?? name,
    ImportMode: mode === "spice" ? "SPICE" : "DIRECT_QUERY",
    PhysicalTableMap: { [TABLE]: { RelationalTable: relational } },
    LogicalTableMap: { [TABLE]: { Alias: name, Source: { PhysicalTableId: TABLE } } },
  };
  return {
    name,
    id,
    arn: assetArn(target, "data set", id),
    content,
    hash: hashOf(contentOf(content)),
    refresh: mode === "direct" ? null : refreshOf(name, file, config.dashboards),
  };
}

/**
 * What a data set reads and does with it, in one form whoever says it: members that the service
 * fills in are left out, and so are the ids that a console gives to tables.
 */
export function contentOf(
  live: Pick<DataSet, "Name" | "ImportMode" | "PhysicalTableMap" | "LogicalTableMap">,
): unknown {
  const tables = Object.values(live.PhysicalTableMap ?? {}).map((table) => {
    const { RelationalTable: read } = table;
    if (read === undefined) return table;
    const columns = (read.InputColumns ?? []).map(({ Name, Type }) => [Name, Type]);
    return [read.DataSourceArn, read.Catalog ?? CATALOG, read.Schema, read.Name, columns];
  });
  const logical = Object.values(live.LogicalTableMap ?? {}).map(
    ({ DataTransforms = [], Source }) => [DataTransforms, Source?.JoinInstruction ?? null],
  );
  return [live.Name, live.ImportMode, tables, logical];
}

const CATALOG = "AwsDataCatalog";
const TABLE = "view";

function viewOf(name: string, { source }: DataSetFile): string {
  const known = SQL_FILES.filter(({ kind }) => kind === "datasets").map((sql) => sql.name);
  const asked = /^datasets\/(.+)$/.exec(source ?? "")?.[1];
  if (asked !== undefined && known.includes(asked)) return asked;
  const names = known.map((one) => `datasets/${one}`);
  throw wrong(
    name,
    source === undefined ? "it has no source" : `its source is ${source}`,
    didYouMean(source ?? "", names) ?? `write one of ${names.join(", ")}`,
  );
}

function columnsOf(view: string): InputColumn[] {
  return dataSetColumns(view).map(({ name, type }) => ({ Name: name, Type: INPUT_TYPES[type] }));
}

const INPUT_TYPES = { varchar: "STRING", bigint: "INTEGER", timestamp: "DATETIME" } as const;

function wrong(name: string, why: string, fix: string): TurnawayError {
  const what = "this data set can't be deployed";
  return new TurnawayError("CONFIG", { what, where: `data-sets/${name}.yml`, why, fix });
}
