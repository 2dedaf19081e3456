import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * `pnpm --filter @turnaway/preview pictures`: draws the golden pictures anew, as a person would
 * with `turnaway dashboards preview --sample`. A test of the command compares with them.
 */
const home = path.join(import.meta.dirname, "..");
const golden = path.join(home, "golden");
for (const file of readdirSync(golden)) {
  if (file.endsWith(".png")) rmSync(path.join(golden, file));
}
const command = path.join(home, "../../apps/cli/src/bin.ts");
const definitions = path.join(home, "../dashboards/definitions");
const { status } = spawnSync(
  process.execPath,
  [
    command,
    "dashboards",
    "preview",
    "--sample",
    "--now",
    "2026-11-20T06:00:00Z",
    "--definitions",
    definitions,
    "--format",
    "png",
    "--out",
    golden,
  ],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
