import type { DashboardTarget } from "@turnaway/dashboards";

import { themeArn } from "./names.ts";
import type { WantedDashboard } from "./want.ts";

/** What a dashboard and its analysis both are in a request: name, definition, theme. */
export function dashboardContent(
  { dashboard: { name, theme, definition } }: WantedDashboard,
  target: DashboardTarget,
) {
  return {
    Name: name,
    Definition: definition,
    ...(theme !== undefined && { ThemeArn: themeArn(target, theme) }),
  };
}
