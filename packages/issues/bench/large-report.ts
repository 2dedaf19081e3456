import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "rolldown";

/**
 * What a report of very many findings takes to become an issue and its files, bundled as the
 * Action is, for stripping types takes memory too: `node bench/large-report.ts [--findings N]
 * [--json]`.
 *
 * Limits: 2 s of processor time for what people read, and 300 MB at most for all of it, Node and
 * the report itself included; also where the report is masked first.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      findings: { type: "string", default: "100000" },
      json: { type: "boolean", default: false },
    },
  });
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-large-report-"));
  try {
    await build({
      input: path.join(import.meta.dirname, "render-large-report.ts"),
      platform: "node",
      logLevel: "silent",
      output: { dir: folder, format: "esm", minify: true },
    });
    const script = path.join(folder, "render-large-report.js");
    const run = (...args: string[]): Figures => {
      const output = execFileSync(process.execPath, [script, values.findings, ...args]);
      return JSON.parse(output.toString()) as Figures;
    };
    const [plain, masked] = [run(), run("--mask")];
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...plain, masked })}\n`
        : `${describe(plain)}masked first: ${describe(masked)}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Figures {
  readonly findings: number;
  /** Processor time of the issue and of what people read. */
  readonly readMs: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly peakBytes: number;
}

function describe({ findings, readMs, steps, peakBytes }: Figures): string {
  const each = Object.entries(steps).map(([name, ms]) => `  ${name}: ${ms.toFixed(0)} ms`);
  return [
    `${findings} findings: ${(readMs / 1000).toFixed(2)} s, ${Math.round(peakBytes / 2 ** 20)} MiB at most`,
    ...each,
    "",
  ].join("\n");
}

await main();
