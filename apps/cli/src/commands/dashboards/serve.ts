import { type Options, wholeNumber } from "@turnaway/runs";
import { exitCodeOf } from "@turnaway/runs/process";

import type { Run } from "../../command-spec.ts";
import { withLocalDashboards } from "../../dashboards/local-dashboards.ts";
import { servePages } from "../../dashboards/serve-pages.ts";
import { sheetPages } from "../../dashboards/sheet-pages.ts";
import { print } from "../../write-output.ts";
import { reportProblems } from "../../write-rows.ts";

/** `turnaway dashboards serve SOURCE…`: the sheets as pages on this machine, until interrupted. */
export const run: Run = async ([sources], options, context) => {
  const port = wantedPort(options);
  const request = { sources: (sources ?? []) as readonly string[], options };
  await withLocalDashboards(request, context, async (local) => {
    reportProblems(local.problems, context);
    const pages = sheetPages(local);
    await servePages(pages, { port, signal: context.signal }, async (url) => {
      await print(`${url}\n`);
      context.say("read-only, on this machine alone; Ctrl-C ends it");
    });
    // Nothing else ends it: the exit code tells of the signal, but nothing has gone wrong.
    context.say("no longer served");
    context.outcome.exitCode = exitCodeOf(context.signal.reason);
  });
};

function wantedPort(options: Options): { readonly port: number; readonly isFixed: boolean } {
  const given = wholeNumber(options, "port", [0, 65_535]);
  return { port: given ?? USUAL_PORT, isFixed: given !== undefined };
}

const USUAL_PORT = 8017;
