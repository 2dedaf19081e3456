import type { DataSource, DataSourceParameters } from "@aws-sdk/client-quicksight";
import { type Config, deploymentName } from "@turnaway/core";
import type { DashboardTarget } from "@turnaway/dashboards";

import { assetArn, dataSourceId } from "./names.ts";

/** The data source that all data sets read through. */
export interface WantedDataSource {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parameters: DataSourceParameters;
}

/** Athena with the deployment's workgroup, read with the role that the deployment made. */
export function wantedDataSource(
  { name, athena }: Pick<Config, "name" | "athena">,
  target: DashboardTarget,
): WantedDataSource {
  const id = dataSourceId(target);
  const role = deploymentName(name, "quicksight");
  return {
    id,
    arn: assetArn(target, "data source", id),
    name: `Turnaway ${name}`,
    parameters: {
      AthenaParameters: {
        WorkGroup: athena.workgroup,
        RoleArn: `arn:${target.partition}:iam::${target.account}:role/${role}`,
      },
    },
  };
}

/** Whether the data source that is there reads what the wanted one reads. */
export function isSameSource(live: DataSource, { name, parameters }: WantedDataSource): boolean {
  const is = live.DataSourceParameters?.AthenaParameters;
  const shall = parameters.AthenaParameters;
  return live.Name === name && is?.WorkGroup === shall?.WorkGroup && is?.RoleArn === shall?.RoleArn;
}
