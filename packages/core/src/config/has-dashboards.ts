import type { ValidConfig } from "./schema.ts";

/** Whether anybody is to see dashboards in QuickSight, so that a role and assets are made for them. */
export function hasDashboards({ dashboards }: Pick<ValidConfig, "dashboards">): boolean {
  return dashboards.principals.length + dashboards.authors.length > 0;
}
