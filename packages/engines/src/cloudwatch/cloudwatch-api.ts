import type {
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  DescribeQueriesCommandInput,
  DescribeQueriesCommandOutput,
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  StartQueryCommandInput,
  StartQueryCommandOutput,
  StopQueryCommandInput,
  StopQueryCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";

/** The part of the SDK's `CloudWatchLogs` client that this adapter calls. */
export interface CloudwatchApi {
  startQuery: Call<StartQueryCommandInput, StartQueryCommandOutput>;
  getQueryResults: Call<GetQueryResultsCommandInput, GetQueryResultsCommandOutput>;
  stopQuery: Call<StopQueryCommandInput, StopQueryCommandOutput>;
  describeQueries: Call<DescribeQueriesCommandInput, DescribeQueriesCommandOutput>;
  describeLogGroups: Call<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>;
  readonly config: {
    region(): Promise<string>;
    credentials(options?: { forceRefresh?: boolean }): Promise<unknown>;
  };
}

type Call<Input, Output> = (
  input: Input,
  options?: { readonly abortSignal?: AbortSignal },
) => Promise<Output>;
