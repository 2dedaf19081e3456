import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { defaultCacheFolder, installTools, startLakehouse } from "@turnaway/testing/trino";

import { runSideBySide } from "./run-side-by-side.ts";
import { type Section, SECTIONS } from "./sections.ts";
import { openTally, summary } from "./tally.ts";

const HELP = `Runs everything that the SQL and the engines promise on a real Trino.

  pnpm conformance [--section NAME]… [--verbose]

What it needs (Trino, a JDK, moto) is downloaded at the first run, and kept in
${defaultCacheFolder()} (TURNAWAY_CONFORMANCE_CACHE names another folder).

Sections: ${SECTIONS.map(({ name }) => name).join(", ")}
`;

const { values: asked } = parseArgs({
  options: {
    section: { type: "string", multiple: true, default: [] },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const begun = performance.now();
const interrupted = new AbortController();
const { signal } = interrupted;
const tally = openTally(signal, ({ group, name, compared, seconds, failure }) => {
  if (failure !== undefined) say(`FAILED  ${group}: ${name}\n${failure}`);
  else if (asked.verbose) say(`ok      ${group}: ${name} (${compared}, ${seconds.toFixed(1)} s)`);
});

if (asked.help) process.stdout.write(HELP);
else await main(SECTIONS.filter(({ name }) => wanted(name)));

async function main(sections: readonly Section[]): Promise<void> {
  for (const [name, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(name, () => {
      process.exitCode = code;
      interrupted.abort(new Error("interrupted"));
    });
  }
  try {
    await runSections(sections);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const failed = tally.results.filter(({ failure }) => failure !== undefined).length;
  print(`\n${summary(tally.results)}\n`);
  print(`${tally.results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode ??= 1;
}

async function runSections(sections: readonly Section[]): Promise<void> {
  const tools = await installTools({ cacheDir: defaultCacheFolder(), signal, onStep: say });
  say("installed");
  const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-conformance-"));
  try {
    const lakehouse = await startLakehouse(tools, { signal });
    try {
      say("started");
      // Trino plans a statement on one core, and a section waits while files are listed and days
      // built on DuckDB: two of them leave a quarter of two cores idle.
      await runSideBySide(sections, 3, async (section) => {
        // What a section needs before its checks can fail, too; the others still tell something.
        await tally.check("sections", section.name, () =>
          section.run({ lakehouse, tally, tempDir, signal }),
        );
        say(`${section.name} done`);
      });
    } finally {
      await lakehouse.stop();
      say("stopped");
    }
  } finally {
    rmSync(tempDir, { recursive: true, force: true });
  }
}

function wanted(name: string): boolean {
  return asked.section.length === 0 || asked.section.includes(name);
}

function say(text: string): void {
  const seconds = (performance.now() - begun) / 1000;
  print(`${seconds.toFixed(1).padStart(6)} s  ${text}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
