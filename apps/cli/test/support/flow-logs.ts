import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll } from "vitest";

export const HEADER =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/** 2026-11-19 00:00 UTC. */
export const DAY = Date.UTC(2026, 10, 19) / 1000;

/** Records of a day, one each half hour, the odd ones refused. */
export function dayLines(start = DAY): string[] {
  return Array.from({ length: 48 }, (_, i) => {
    const from = start + i * 1800;
    const action = i % 2 === 0 ? "ACCEPT" : "REJECT";
    return `2 123456789012 eni-0a1b2c3d4e5f60001 10.0.3.7 10.0.9.20 ${40_000 + i} 5432 6 3 ${180 + i} ${from} ${from + 59} ${action} OK`;
  });
}

export function logText(lines: readonly string[] = dayLines()): string {
  return [HEADER, ...lines, ""].join("\n");
}

/** A folder of this test file's own, gone after it. */
export function testFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder; names that end in `.gz` are packed unless bytes are given. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const packed = typeof content === "string" && name.endsWith(".gz");
    writeFileSync(file, packed ? gzipSync(content) : content);
  }
}
