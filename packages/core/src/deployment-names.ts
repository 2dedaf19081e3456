/** Name of what has to be found by name in an account: `turnaway-production-catalogue`. */
export function deploymentName(deployment: string, part: string): string {
  return `turnaway-${deployment}-${part}`;
}

/** Name of the view on Athena that a data set of the dashboards reads. */
export function dataSetView(dataSet: string): string {
  return `dashboard_${dataSet}`;
}
