import { readFileSync } from "node:fs";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";

import { createApp } from "../src/app.ts";
import { planDeployment } from "../src/deployment.ts";

/**
 * Writes the templates of turnaway.yml to `cdk.out` beside this package, for `pnpm synth` and for
 * whoever wants to use the `cdk` command. `TURNAWAY_CONFIG` names another file.
 */
const file =
  process.env["TURNAWAY_CONFIG"] ?? path.join(import.meta.dirname, "../../../turnaway.yml");
const { config, warnings } = parseDeployableConfig(readFileSync(file, "utf8"), file);
for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
const outdir = process.env["CDK_OUTDIR"] ?? path.join(import.meta.dirname, "../cdk.out");
createApp(planDeployment(config), outdir).synth();
