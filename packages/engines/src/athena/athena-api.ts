import type {
  GetDatabaseCommandInput,
  GetDatabaseCommandOutput,
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  GetTableMetadataCommandInput,
  GetTableMetadataCommandOutput,
  GetWorkGroupCommandInput,
  GetWorkGroupCommandOutput,
  ListTableMetadataCommandInput,
  ListTableMetadataCommandOutput,
  ListWorkGroupsCommandInput,
  ListWorkGroupsCommandOutput,
  StartQueryExecutionCommandInput,
  StartQueryExecutionCommandOutput,
  StopQueryExecutionCommandInput,
  StopQueryExecutionCommandOutput,
} from "@aws-sdk/client-athena";

/** The part of the SDK's `Athena` client that this adapter calls. */
export interface AthenaApi {
  startQueryExecution: Call<StartQueryExecutionCommandInput, StartQueryExecutionCommandOutput>;
  getQueryExecution: Call<GetQueryExecutionCommandInput, GetQueryExecutionCommandOutput>;
  getQueryResults: Call<GetQueryResultsCommandInput, GetQueryResultsCommandOutput>;
  stopQueryExecution: Call<StopQueryExecutionCommandInput, StopQueryExecutionCommandOutput>;
  getWorkGroup: Call<GetWorkGroupCommandInput, GetWorkGroupCommandOutput>;
  listWorkGroups: Call<ListWorkGroupsCommandInput, ListWorkGroupsCommandOutput>;
  getDatabase: Call<GetDatabaseCommandInput, GetDatabaseCommandOutput>;
  getTableMetadata: Call<GetTableMetadataCommandInput, GetTableMetadataCommandOutput>;
  listTableMetadata: Call<ListTableMetadataCommandInput, ListTableMetadataCommandOutput>;
  readonly config: {
    region(): Promise<string>;
    credentials(options?: { forceRefresh?: boolean }): Promise<{ readonly accountId?: string }>;
  };
}

type Call<Input, Output> = (
  input: Input,
  options?: { readonly abortSignal?: AbortSignal },
) => Promise<Output>;
