import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";
import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

import { createApp } from "../src/app.ts";
import { planDeployment } from "../src/deployment.ts";
import { CONFIGURATIONS } from "../test/configurations.ts";
import { installCfnLint, lintTemplates } from "./cfn-lint.ts";
import { guardTemplates } from "./cfn-guard.ts";

/** CloudFormation takes no larger template, and no stack of more resources. */
const MOST_BYTES = 1_000_000;
const MOST_RESOURCES = 500;

/**
 * `pnpm templates`: makes the templates of every configuration in test/configurations.ts, and has
 * them judged by cdk-nag, cfn-guard (our rules), cfn-lint and the limits of CloudFormation.
 */
async function main(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-templates-"));
  try {
    const found: string[] = [];
    const templates = new Map<string, string>();
    for (const [name, text] of Object.entries(CONFIGURATIONS)) {
      const { files, problems } = synthesize(path.join(folder, slug(name)), text);
      found.push(...problems.map((problem) => `${name}: ${problem}`));
      for (const file of files) templates.set(hashOf(file), file);
      say(`${problems.length === 0 ? "ok    " : "FAILED"}  ${name}: ${files.length} templates`);
    }
    const files = [...templates.values()];
    found.push(...files.flatMap(overLimits));
    found.push(...(await guardTemplates(files)));
    say(`guarded ${files.length} different templates`);
    found.push(...(await lintTemplates(await installCfnLint(say), files)));
    say(`linted ${files.length} different templates`);
    for (const problem of found) say(problem);
    say(`${Object.keys(CONFIGURATIONS).length} configurations, ${found.length} problems`);
    return found.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function synthesize(
  outdir: string,
  text: string,
): { readonly files: readonly string[]; readonly problems: readonly string[] } {
  mkdirSync(outdir, { recursive: true });
  writeFileSync(path.join(outdir, "turnaway.yml"), text);
  const deployment = planDeployment(parseDeployableConfig(text, "turnaway.yml").config);
  const app = createApp(deployment, outdir);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const problems: string[] = [];
  try {
    app.synth();
  } catch (error) {
    const report = path.join(outdir, "validation-report.json");
    if (!existsSync(report)) throw error;
    problems.push(...violations(readFileSync(report, "utf8")));
  }
  const files = app.node.children.map((stack) =>
    path.join(outdir, `${stack.node.id}.template.json`),
  );
  return { files: files.filter((file) => existsSync(file)), problems };
}

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

function violations(text: string): string[] {
  const { pluginReports } = JSON.parse(text) as ValidationReport;
  return pluginReports.flatMap((report) =>
    report.violations.flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(
        ({ constructPath }) => `${constructPath}: ${ruleName}: ${description}`,
      ),
    ),
  );
}

function overLimits(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const { Resources = {} } = JSON.parse(text) as { Resources?: object };
  const bytes = Buffer.byteLength(text);
  const resources = Object.keys(Resources).length;
  return [
    ...(bytes > MOST_BYTES ? [`${file}: ${bytes} bytes, CloudFormation takes ${MOST_BYTES}`] : []),
    ...(resources > MOST_RESOURCES
      ? [`${file}: ${resources} resources, a stack may have ${MOST_RESOURCES}`]
      : []),
  ];
}

function hashOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function slug(name: string): string {
  return name.replaceAll(/[^a-z0-9]+/g, "-");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
