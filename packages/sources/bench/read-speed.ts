/**
 * Measures the way from gzip files to clean text against `gzip -dc | wc -l` over the
 * same files, in alternating rounds: `node bench/read-speed.ts [records] [files] [rounds]`.
 *
 * Beside the time on the wall the time on the processor is shown, which says more on a
 * machine that does other things as well.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { listLocalSources, readBatches } from "../src/index.ts";
import { makeLogs } from "./make-logs.ts";

enableCompileCache();
const [records = 4_000_000, files = 288, rounds = 5] = process.argv.slice(2).map(Number);
const logs = path.join(tmpdir(), `turnaway-bench-${records}-${files}`);
if (!existsSync(logs)) makeLogs({ dir: logs, records, files, seed: 1 });
// Text in memory is what a report reads; the disk is not what is measured.
const tempDir = path.join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "turnaway-bench");

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

for (let round = 1; round <= rounds; round++) {
  const baseline = gzipCost();
  const { cost, peakMb } = await readCost();
  const ratio = (cost.wallMs / baseline.wallMs).toFixed(2);
  const cpuRatio = (cost.cpuMs / baseline.cpuMs).toFixed(2);
  process.stdout.write(
    `round ${round}: gzip ${describe(baseline)}, read ${describe(cost)}: ` +
      `ratio ${ratio} on the wall, ${cpuRatio} on the processor, memory ${peakMb} MB\n`,
  );
}
rmSync(tempDir, { recursive: true, force: true });

async function readCost(): Promise<{ cost: Cost; peakMb: number }> {
  const { signal } = new AbortController();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const listing = await listLocalSources([logs], { tempDir, signal });
  const reader = readBatches(listing.files, { tempDir, signal });
  for await (const batch of reader) await batch.release();
  const used = process.cpuUsage(cpu);
  const found = reader.coverage().records;
  if (found !== records) throw new Error(`read ${found} of ${records} records`);
  const cost = { wallMs: performance.now() - started, cpuMs: (used.user + used.system) / 1000 };
  return { cost, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) };
}

/** `time` of the shell writes seconds: real, user, system. */
function gzipCost(): Cost {
  const names = readdirSync(logs).map((name) => path.join(logs, name));
  const script = "TIMEFORMAT='%R %U %S'; time (gzip -dc \"$@\" | wc -l >/dev/null)";
  const times = execFileSync("bash", ["-c", `{ ${script}; } 2>&1`, "bash", ...names], {
    encoding: "utf8",
  });
  const [real = 0, user = 0, system = 0] = times.trim().split(" ").map(Number);
  return { wallMs: real * 1000, cpuMs: (user + system) * 1000 };
}

function describe({ wallMs, cpuMs }: Cost): string {
  return `${(wallMs / 1000).toFixed(2)} s (processor ${(cpuMs / 1000).toFixed(2)} s)`;
}
