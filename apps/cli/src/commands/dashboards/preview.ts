import path from "node:path";

import type { Problem } from "@turnaway/core";
import { sheetsOf } from "@turnaway/dashboards";
import {
  type NamedDashboard,
  readSheet,
  renderPage,
  renderPng,
  renderSheetSvg,
  type Sheet,
} from "@turnaway/preview";
import { type Options, text, usage, writeFile } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import type { Context } from "../../context.ts";
import { type LocalDashboards, withLocalDashboards } from "../../dashboards/local-dashboards.ts";
import { noticesOf } from "../../dashboards/notices.ts";
import { reportProblems } from "../../write-rows.ts";

/** `turnaway dashboards preview SOURCE…`: each sheet as a picture, and all of them as one page. */
export const run: Run = async ([sources], options, context) => {
  const out = text(options, "out");
  if (out === undefined) {
    throw usage("--out", "no folder was given", "name a folder to write to: --out ./dashboards");
  }
  const formats = readFormats(options);
  const request = { sources: (sources ?? []) as readonly string[], options };
  await withLocalDashboards(request, context, async (local) => {
    const sheets = await readSheets(local, context);
    const files = await writeSheets(sheets, { out, formats, local }, context);
    for (const file of files) context.say(`wrote ${file}`);
    reportProblems([...local.problems, ...failuresOf(sheets)], context);
  });
};

// A visual whose query failed is a box in its picture; the run says so, too.
function failuresOf(sheets: readonly Sheet[]): Problem[] {
  return sheets.flatMap(({ dashboard, tiles }) =>
    tiles.flatMap(({ content }) =>
      content.kind === "not-drawn" && content.failure !== undefined
        ? [
            {
              code: "VISUAL_FAILED",
              where: `${dashboard.id}/visuals/${content.visual.id}`,
              detail: content.failure,
              partial: true,
            },
          ]
        : [],
    ),
  );
}

const FORMATS = ["html", "svg", "png"] as const;
type Format = (typeof FORMATS)[number];

function readFormats(options: Options): readonly Format[] {
  const given = text(options, "format");
  if (given === undefined) return FORMATS;
  return given.split(",").map((word) => {
    const format = FORMATS.find((one) => one === word.trim());
    if (format !== undefined) return format;
    throw usage("--format", `received "${word}"`, `use some of ${FORMATS.join(", ")}`);
  });
}

async function readSheets(
  { dashboards, ask, source }: LocalDashboards,
  context: Context,
): Promise<Sheet[]> {
  const all = dashboards.flatMap((dashboard) => sheetsIn(dashboard));
  const progress = await context.startProgress("asking");
  try {
    const sheets: Sheet[] = [];
    for (const { dashboard, sheet } of all) {
      sheets.push(await readSheet(dashboard, sheet, { ask, source }));
      progress.update(sheets.length, all.length);
    }
    return sheets;
  } finally {
    progress.stop();
  }
}

function sheetsIn(dashboard: NamedDashboard) {
  return sheetsOf(dashboard.dashboard).map((sheet) => ({ dashboard, sheet }));
}

interface Output {
  readonly out: string;
  readonly formats: readonly Format[];
  readonly local: LocalDashboards;
}

async function writeSheets(
  sheets: readonly Sheet[],
  { out, formats, local }: Output,
  context: Context,
): Promise<string[]> {
  const files: string[] = [];
  const write = (name: string, content: string | Uint8Array): void => {
    const file = path.join(out, name);
    writeFile(file, content);
    files.push(file);
  };
  const progress = await context.startProgress("drawing");
  try {
    for (const [i, sheet] of sheets.entries()) {
      context.signal.throwIfAborted();
      if (!formats.includes("svg") && !formats.includes("png")) break;
      const svg = await renderSheetSvg(sheet);
      const name = fileName(sheet);
      if (formats.includes("svg")) write(`${name}.svg`, svg);
      if (formats.includes("png")) write(`${name}.png`, renderPng(svg));
      progress.update(i + 1, sheets.length);
    }
    if (formats.includes("html")) {
      const notices = noticesOf(local.problems);
      write("index.html", await renderPage(sheets, { place: local.place, notices }));
    }
  } finally {
    progress.stop();
  }
  return files;
}

// Ids come from files that anybody may have written: a name is no path.
function fileName({ dashboard, id }: Sheet): string {
  return `${dashboard.id}-${id}`.replaceAll(/[^\w.-]+/g, "-").replace(/^\.+/, "-");
}
