import type { DashboardTarget } from "@turnaway/dashboards";

/** Kinds of assets, as people read them. */
export type AssetKind = "data source" | "data set" | "analysis" | "dashboard";

/** The ARN of an asset. */
export function assetArn(
  { partition, region, account }: DashboardTarget,
  kind: AssetKind,
  id: string,
): string {
  return `arn:${partition}:quicksight:${region}:${account}:${kind.replace(" ", "")}/${id}`;
}

/** Id of the one data source: the prefix without what parts it from the next word. */
export function dataSourceId({ prefix }: DashboardTarget): string {
  return prefix.replace(/-$/, "");
}

/** Id of an analysis and its dashboard: that of the folder of files, behind the prefix. */
export function dashboardId({ prefix }: DashboardTarget, name: string): string {
  return `${prefix}${name}`;
}

/** The AWS partition of a region, as ARNs begin with it. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The ARN of a theme: QuickSight's own belong to no account. */
export function themeArn({ partition, region, account }: DashboardTarget, theme: string): string {
  return STARTER_THEMES.has(theme)
    ? `arn:${partition}:quicksight::aws:theme/${theme}`
    : `arn:${partition}:quicksight:${region}:${account}:theme/${theme}`;
}

/** The theme that an asset has, as files name it; undefined for the one that all have. */
export function themeOf(arn: string | undefined): string | undefined {
  const theme = arn?.split("/").at(-1);
  return theme === DEFAULT_THEME ? undefined : theme;
}

const DEFAULT_THEME = "CLASSIC";
const STARTER_THEMES = new Set([DEFAULT_THEME, "MIDNIGHT", "SEASIDE", "RAINIER"]);
