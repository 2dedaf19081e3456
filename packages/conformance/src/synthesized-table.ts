import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Config } from "@turnaway/core";
import { assemble, planDeployment } from "@turnaway/infra";
import { type GlueTableInput, glueTableInput, type RawDays, rawTable } from "@turnaway/sql";

/**
 * The raw table as the template of the catalogue has it, which is what CloudFormation hands to
 * Glue. Only the days that it offers are others: a template counts them back from today, and the
 * logs of this run are of fixed days.
 */
export function synthesizedTable(config: Config, days: RawDays): GlueTableInput {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-template-"));
  try {
    const { stacks } = assemble(planDeployment(config), folder);
    const tables = stacks.flatMap(({ template }) =>
      Object.values(template.Resources ?? {}).filter(({ Type }) => Type === "AWS::Glue::Table"),
    );
    if (tables.length !== 1) throw new Error(`the templates have ${tables.length} tables, not one`);
    const input = tables[0]!.Properties!["TableInput"] as GlueTableInput;
    return { ...input, Parameters: { ...input.Parameters, ...ranges(config, days) } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ranges(config: Config, days: RawDays): Readonly<Record<string, string>> {
  const { Parameters } = glueTableInput(rawTable(config, days));
  return Object.fromEntries(Object.entries(Parameters).filter(([key]) => key.endsWith(".range")));
}
