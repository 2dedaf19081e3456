import { type SheetPlan, sheetsOf } from "@turnaway/dashboards";
import { type NamedDashboard, readSheet, renderSheetPage, type SheetLink } from "@turnaway/preview";

import { noticesOf } from "./notices.ts";
import { askedFilters } from "./asked-filters.ts";
import type { LocalDashboards } from "./local-dashboards.ts";
import type { Page, PageAnswer } from "./serve-pages.ts";

/** A page for each sheet at `/DASHBOARD/SHEET`; its filters stand in the query. */
export function sheetPages(local: LocalDashboards): Page {
  const all = local.dashboards.flatMap((dashboard) =>
    sheetsOf(dashboard.dashboard).map((sheet) => ({
      dashboard,
      sheet,
      path: `/${[dashboard.id, sheet.id].map(encodeURIComponent).join("/")}`,
    })),
  );
  return async (path, query): Promise<PageAnswer> => {
    if (path === "/") return { status: 303, location: all[0]?.path ?? "/none" };
    const found = all.find((one) => one.path === path);
    if (found === undefined) {
      return { status: 404, text: `There is no sheet here. Begin at ${all[0]?.path ?? "/"}` };
    }
    const { dashboard, sheet } = found;
    const filters = askedFilters(dashboard.dashboard, sheet.id, query);
    const ask = { ...local.ask, filters: { ...local.ask.filters, ...filters } };
    const drawn = await readSheet(dashboard, sheet, { ask, source: local.source });
    const links = all.map((one) =>
      one.dashboard === dashboard
        ? linkOf(one, `${one.path}${keptQuery(one, query)}`)
        : linkOf(one, one.path),
    );
    const html = await renderSheetPage(drawn, links, {
      place: local.place,
      notices: noticesOf(local.problems),
      action: path,
    });
    return { status: 200, html };
  };
}

interface SheetPage {
  readonly dashboard: NamedDashboard;
  readonly sheet: SheetPlan;
}

// Filters hold for all sheets of a dashboard that have them.
function keptQuery({ dashboard, sheet }: SheetPage, query: URLSearchParams): string {
  if (query.size === 0) return "";
  try {
    askedFilters(dashboard.dashboard, sheet.id, query);
    return `?${query.toString()}`;
  } catch {
    return "";
  }
}

function linkOf({ dashboard: { id, dashboard }, sheet }: SheetPage, href: string): SheetLink {
  const named = { id, name: dashboard.name, description: dashboard.description ?? "" };
  return { sheet: { dashboard: named, id: sheet.id, name: sheet.name }, href };
}
