import type {
  CreateAnalysisCommandInput,
  CreateDashboardCommandInput,
  CreateDataSetCommandInput,
  CreateDataSourceCommandInput,
} from "@aws-sdk/client-quicksight";

/** A data source, a data set, an analysis and a dashboard that fit each other. */
export const ACCOUNT = { AwsAccountId: "123456789012" };

const ARN = "arn:aws:quicksight:us-east-1:123456789012";

export const SOURCE = {
  ...ACCOUNT,
  DataSourceId: "athena",
  Name: "Athena",
  Type: "ATHENA",
  DataSourceParameters: { AthenaParameters: { WorkGroup: "turnaway" } },
} as const satisfies CreateDataSourceCommandInput;

export const DATA_SET = {
  ...ACCOUNT,
  DataSetId: "rejects",
  Name: "Rejects",
  ImportMode: "SPICE",
  PhysicalTableMap: {
    rejects: {
      RelationalTable: {
        DataSourceArn: `${ARN}:datasource/athena`,
        Schema: "turnaway",
        Name: "dashboard_rejects",
        InputColumns: [
          { Name: "day", Type: "DATETIME" },
          { Name: "client", Type: "STRING" },
          { Name: "records", Type: "INTEGER" },
        ],
      },
    },
  },
} as const satisfies CreateDataSetCommandInput;

/** @param measure column that is summed */
export function definition(
  measure = "records",
): NonNullable<CreateDashboardCommandInput["Definition"]> {
  const field = (name: string): { DataSetIdentifier: string; ColumnName: string } => ({
    DataSetIdentifier: "rejects",
    ColumnName: name,
  });
  return {
    DataSetIdentifierDeclarations: [
      { Identifier: "rejects", DataSetArn: `${ARN}:dataset/rejects` },
    ],
    Sheets: [
      {
        SheetId: "overview",
        Name: "Overview",
        Visuals: [
          {
            BarChartVisual: {
              VisualId: "top-clients",
              ChartConfiguration: {
                FieldWells: {
                  BarChartAggregatedFieldWells: {
                    Category: [
                      { CategoricalDimensionField: { FieldId: "client", Column: field("client") } },
                    ],
                    Values: [{ NumericalMeasureField: { FieldId: "sum", Column: field(measure) } }],
                  },
                },
              },
            },
          },
        ],
      },
    ],
  };
}

export const DASHBOARD = {
  ...ACCOUNT,
  DashboardId: "rejects",
  Name: "Rejects",
  VersionDescription: "the first",
  Definition: definition(),
} satisfies CreateDashboardCommandInput;

export const ANALYSIS = {
  ...ACCOUNT,
  AnalysisId: "rejects",
  Name: "Rejects",
  Definition: definition(),
} satisfies CreateAnalysisCommandInput;
