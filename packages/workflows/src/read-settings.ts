import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { type Config, hasDashboards, parseConfig, TurnawayError } from "@turnaway/core";

import { setOutput } from "./step.ts";

/**
 * What `.github/actions/settings` runs: writes the account, the region, the name and the engine of
 * turnaway.yml as outputs, and whether anybody sees its dashboards, and stops a job whose environment is not the one that its role trusts.
 */
async function main(args: readonly string[]): Promise<void> {
  const text = { type: "string" } as const;
  const options = { role: text, environment: text, config: { ...text, default: "turnaway.yml" } };
  const { values } = parseArgs({ args: [...args], options });
  const { config } = parseConfig(readFileSync(values.config, "utf8"), path.basename(values.config));
  checkEnvironment(config, values.role, values.environment ?? "");
  const { account, region } = config.infrastructure;
  const found = {
    name: config.name,
    account: account ?? "",
    region: region ?? "",
    engine:
      config.logs.bucket === null && config.cloudwatch.logGroup !== null ? "cloudwatch" : "athena",
    // They stand on the views of the catalogue.
    dashboards: String(hasDashboards(config) && config.logs.bucket !== null),
  };
  for (const [name, value] of Object.entries(found)) await setOutput(name, value, process.env);
}

// A role of AWS says no more than "not authorized" of a subject that it does not know.
function checkEnvironment(config: Config, role: string | undefined, environment: string): void {
  if (role !== "deploy" && role !== "report") {
    throw new Error(`--role is deploy or report, and got ${role ?? "nothing"}`);
  }
  const key = `${role}Environment` as const;
  const trusted = config.infrastructure.github[key];
  if (trusted === environment) return;
  throw new TurnawayError("CONFIG", {
    what: `the role would not let this job in`,
    where: `infrastructure.github.${key} of turnaway.yml`,
    why: `the role trusts the environment ${trusted}, and the job has ${environment}`,
    fix: `write \`${key}: ${environment}\`, or that environment into the workflow`,
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(`::error title=turnaway.yml::${message.replaceAll("\n", "%0A")}\n`);
  process.exitCode = 2;
}
