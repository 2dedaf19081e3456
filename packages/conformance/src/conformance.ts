import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import type { QueryEngine } from "@turnaway/core";
import { createTrinoEngine } from "@turnaway/engines/trino";
import {
  CATALOGS,
  defaultCacheFolder,
  installTools,
  startLakehouse,
} from "@turnaway/testing/trino";

import { checkCases } from "./check-cases.ts";
import { checkDataSet } from "./check-data-set.ts";
import { checkPruning } from "./check-pruning.ts";
import { DATA_SETS } from "./data-set.ts";
import { deliver } from "./deliver.ts";
import { openTally, summary } from "./tally.ts";
import { createRawTable } from "./trino-tables.ts";

/* Runs everything that the SQL promises on a real Trino: `pnpm conformance [--only PATTERN]`. */

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, verbose: { type: "boolean", default: false } },
});
const only = new RegExp(values.only);
const interrupted = new AbortController();
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(name, () => {
    process.exitCode = code;
    interrupted.abort(new Error("interrupted"));
  });
}
const { signal } = interrupted;
const begun = performance.now();
const say = (text: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${text}`);
};

const tally = openTally(signal, ({ group, name, compared, seconds, failure }) => {
  if (failure !== undefined) say(`FAILED  ${group}: ${name}\n${failure}`);
  else if (values.verbose) say(`ok      ${group}: ${name} (${compared}, ${seconds.toFixed(1)} s)`);
});

try {
  const tools = await installTools({ cacheDir: defaultCacheFolder(), signal, onStep: say });
  say("installed");
  const tempDir = mkdtempSync(path.join(tmpdir(), "turnaway-conformance-"));
  const lakehouse = await startLakehouse(tools, { signal });
  try {
    say("started");
    const connect = (schema: string, catalog: string = CATALOGS.hive): QueryEngine =>
      createTrinoEngine({
        url: lakehouse.trinoUrl,
        auth: { type: "none", user: "conformance" },
        catalog,
        schema,
      });
    for (const set of DATA_SETS.filter(({ name }) => only.test(name))) {
      const delivery = await deliver(set, { tempDir, awsUrl: lakehouse.awsUrl });
      await createRawTable(delivery, lakehouse.awsUrl);
      say(`delivered ${set.name}: ${delivery.objects.length} objects`);
      const trino = connect(set.name);
      await checkPruning(trino, delivery, tally);
      await checkDataSet({ delivery, trino, tempDir, tally, signal });
      say(`compared ${set.name}`);
    }
    await checkCases(connect("default", CATALOGS.memory), tally, only);
  } finally {
    await lakehouse.stop();
    rmSync(tempDir, { recursive: true, force: true });
    say("stopped");
  }
} catch (error) {
  if (!signal.aborted) throw error;
}
const failed = tally.results.filter(({ failure }) => failure !== undefined).length;
console.log(`\n${summary(tally.results)}\n`);
console.log(`${tally.results.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode ??= 1;
