import { RegionInfo } from "aws-cdk-lib/region-info";

/** The AWS partition of a region, as ARNs begin with it: `aws`, `aws-cn`, `aws-us-gov`. */
export function partitionOf(region: string): string {
  return RegionInfo.get(region).partition ?? "aws";
}
