import { readFileSync } from "node:fs";

/** Version of the published package. */
export function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** What made a report. */
export function versions(): Readonly<Record<string, string>> {
  return { turnaway: version(), node: process.versions.node };
}
