import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What `turnaway.yml` of these tests says, and what they add to it. */
export function writeConfig(folder: string, lines: readonly string[] = []): void {
  mkdirSync(folder, { recursive: true });
  const common = [
    'accounts: ["123456789012"]',
    "regions: [eu-central-1]",
    "logs: { bucket: flow-logs, layout: hive }",
  ];
  writeFileSync(path.join(folder, "turnaway.yml"), [...common, ...lines, ""].join("\n"));
}

/** Credentials and a region as a job has them; services at the addresses that are given. */
export function awsVariables(
  endpoints: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDLOOPBACK",
    AWS_SECRET_ACCESS_KEY: "secret",
    ...endpoints,
  };
}

/** Waits until something is so; the caller's test has the time limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
