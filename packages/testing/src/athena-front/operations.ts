import { describeExecution, type Executions } from "./executions.ts";
import { ServiceError } from "./front-answer.ts";
import {
  describeTable,
  describeWorkgroup,
  type FrontCatalog,
  getTables,
  getWorkgroup,
  outputLocationOf,
} from "./front-catalog.ts";
import { resultPage } from "./result-pages.ts";

export interface FrontState {
  readonly catalog: FrontCatalog;
  readonly executions: Executions;
  /** Queries that may be active at once, as the account's quota. */
  readonly quota: number;
}

type Input = Readonly<Record<string, unknown>>;
type Operation = (input: Input, state: FrontState) => unknown;

/** What the front answers to each operation of Athena. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartQueryExecution: start,
  async GetQueryExecution(input, { executions }) {
    return { QueryExecution: describeExecution(await executions.look(idOf(input))) };
  },
  GetQueryResults: (input, { executions }) => resultPage(executions.get(idOf(input)), input),
  StopQueryExecution(input, { executions }) {
    executions.stop(idOf(input));
    return {};
  },
  GetWorkGroup(input, { catalog }) {
    const name = textOf(input, "WorkGroup") ?? "";
    return { WorkGroup: describeWorkgroup(name, getWorkgroup(catalog, name)) };
  },
  ListWorkGroups: (_input, { catalog }) => ({
    WorkGroups: Object.entries(catalog.workgroups).map(([Name, { state = "ENABLED" }]) => ({
      Name,
      State: state,
    })),
  }),
  GetDatabase(input, { catalog }) {
    const name = textOf(input, "DatabaseName") ?? "";
    getTables(catalog, name);
    return { Database: { Name: name } };
  },
  ListTableMetadata: (input, { catalog }) => ({
    TableMetadataList: getTables(catalog, textOf(input, "DatabaseName") ?? "").map(describeTable),
  }),
  GetTableMetadata(input, { catalog }) {
    const database = textOf(input, "DatabaseName") ?? "";
    const name = textOf(input, "TableName") ?? "";
    const table = getTables(catalog, database).find((each) => each.name === name);
    if (table !== undefined) return { TableMetadata: describeTable(table) };
    throw new ServiceError("MetadataException", `Table ${name} not found in database ${database}`);
  },
};

const LONGEST_QUERY = 262_144;

function start(input: Input, { catalog, executions, quota }: FrontState): unknown {
  const sql = textOf(input, "QueryString") ?? "";
  const token = textOf(input, "ClientRequestToken") ?? "";
  const params = (input["ExecutionParameters"] as string[] | undefined) ?? [];
  const name = textOf(input, "WorkGroup") ?? "primary";
  const group = getWorkgroup(catalog, name);
  if (group.state === "DISABLED") invalid(`WorkGroup ${name} is disabled.`);
  checkStart(sql, token, params);
  if (input["ExecutionParameters"] !== undefined && params.length === 0) {
    invalid("ExecutionParameters must have at least 1 item");
  }
  const own = (input["ResultConfiguration"] as { OutputLocation?: string } | undefined)
    ?.OutputLocation;
  if (group.managed && own !== undefined) {
    invalid("ResultConfiguration is not allowed with managed query results");
  }
  const location = (group.enforced ?? true) ? undefined : own;
  const outputLocation = location ?? outputLocationOf(group);
  if (!group.managed && outputLocation === null) {
    invalid(
      "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
    );
  }
  if (executions.active().length >= quota) {
    throw new ServiceError(
      "TooManyRequestsException",
      "You have exceeded the limit for the number of queries you can run concurrently.",
      {
        members: { Reason: "CONCURRENT_QUERY_LIMIT_EXCEEDED" },
      },
    );
  }
  const context = input["QueryExecutionContext"] as { Database?: string } | undefined;
  const QueryExecutionId = executions.start(token, {
    sql,
    params,
    database: context?.Database ?? "default",
    workgroup: name,
    outputLocation,
    cutoffBytes: group.cutoffBytes ?? null,
  });
  return { QueryExecutionId };
}

function checkStart(sql: string, token: string, params: readonly string[]): void {
  if (sql === "" || Buffer.byteLength(sql) > LONGEST_QUERY) {
    invalid("QueryString must have between 1 and 262144 bytes");
  }
  if (token.length < 32 || token.length > 128) {
    invalid("ClientRequestToken must have between 32 and 128 characters");
  }
  if (params.some((param) => param.length < 1 || param.length > 1024)) {
    invalid("ExecutionParameters must have between 1 and 1024 characters");
  }
}

/** Everything else than text is taken for missing. */
function textOf(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

function idOf(input: Input): string {
  return textOf(input, "QueryExecutionId") ?? "";
}

function invalid(message: string): never {
  throw new ServiceError("InvalidRequestException", message, {
    members: { AthenaErrorCode: "INVALID_INPUT" },
  });
}
