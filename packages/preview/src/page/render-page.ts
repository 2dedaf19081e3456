import { htmlText } from "@turnaway/report";

import type { Sheet } from "../sheet/sheet.ts";
import { sheetColors } from "../sheet/sheet-colors.ts";
import { CSS } from "../style/palette.ts";
import { sheetHtml } from "./sheet-html.ts";
import { STYLE } from "./style.ts";

export interface PageOptions {
  /** What the rows are of: `production · 13 to 20 Nov 2026`. */
  readonly place: string;
  /** Sentences above everything: what is missing of the data. */
  readonly notices: readonly string[];
}

/**
 * Sheets as one HTML file that asks nothing of the network and runs no script: one is seen at a
 * time, by its address. For screens wide and narrow, light and dark, paper and speech.
 */
export async function renderPage(sheets: readonly Sheet[], options: PageOptions): Promise<string> {
  const colorOf = sheetColors(sheets, CSS);
  const sections: string[] = [];
  for (const sheet of sheets) {
    sections.push(await sheetHtml(sheet, { colorOf, id: idOf(sheet) }));
  }
  const links = sheets.map((sheet) => ({ sheet, href: `#${idOf(sheet)}` }));
  return document({
    title: "Dashboards",
    links,
    body: sections.join("\n"),
    style: sheets.map((sheet) => currentRule(idOf(sheet))).join("\n"),
    ...options,
  });
}

/** One sheet as a page whose filters ask for it again; its neighbours are pages of their own. */
export async function renderSheetPage(
  sheet: Sheet,
  all: readonly SheetLink[],
  options: PageOptions & { readonly action: string },
): Promise<string> {
  const colorOf = sheetColors([sheet], CSS);
  const section = await sheetHtml(sheet, { colorOf, id: "sheet", action: options.action });
  const title = `${sheet.dashboard.name} · ${sheet.name}`;
  return document({ title, links: all, body: section, current: sheet, ...options });
}

/** A sheet in the navigation. */
export interface SheetLink {
  readonly sheet: Pick<Sheet, "dashboard" | "id" | "name">;
  readonly href: string;
}

/** What a browser may do with a page: nothing but show it, and send its own form. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

interface Document extends PageOptions {
  readonly title: string;
  readonly links: readonly SheetLink[];
  readonly body: string;
  readonly current?: Sheet;
  readonly style?: string;
}

function document(content: Document): string {
  const { title, links, body, place, notices, current, style = "" } = content;
  // A browser warns of what only a header can say.
  const policy = CONTENT_SECURITY_POLICY.replace(/; frame-ancestors 'none'$/, "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${htmlText(`${title} · Turnaway`)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<header>
<h1>Turnaway dashboards</h1>
<p class="place">${htmlText(place)}</p>
${navigation(links, current)}
${notices.map((notice) => `<p class="notice">${htmlText(notice)}</p>`).join("\n")}
</header>
<main>
${body}
</main>
<footer><p>Drawn by Turnaway from VPC Flow Logs. Times in UTC.</p></footer>
</body>
</html>
`;
}

function navigation(links: readonly SheetLink[], current: Sheet | undefined): string {
  const dashboards = new Map<string, SheetLink[]>();
  for (const link of links) {
    const own = dashboards.get(link.sheet.dashboard.id);
    if (own === undefined) dashboards.set(link.sheet.dashboard.id, [link]);
    else own.push(link);
  }
  const groups = [...dashboards.values()].map((own) => {
    const items = own.map(({ sheet, href }) => {
      const isCurrent = current?.id === sheet.id && current.dashboard.id === sheet.dashboard.id;
      const mark = isCurrent ? ' aria-current="page"' : "";
      return `<a href="${htmlText(href)}"${mark}>${htmlText(sheet.name)}</a>`;
    });
    return `<li><span>${htmlText(own[0]!.sheet.dashboard.name)}</span> ${items.join(" ")}</li>`;
  });
  return `<nav aria-label="Dashboards"><ul>\n${groups.join("\n")}\n</ul></nav>`;
}

// Which sheet is seen only the address knows.
function currentRule(id: string): string {
  return `body:has(#${id}:target) nav a[href="#${id}"] { border-color: var(--link); font-weight: 600; color: var(--ink); }`;
}

// Names of folders and sheets may be anything; an id is letters.
function idOf({ dashboard, id }: Sheet): string {
  return `sheet-${dashboard.id}-${id}`.replaceAll(/[^\w-]+/g, "-");
}
