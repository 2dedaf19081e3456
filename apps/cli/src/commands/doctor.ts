import type { EngineName } from "@turnaway/core";
import type { Check } from "@turnaway/core/checks";
import { chooseEngine, type Options, refuseSources, type Settings } from "@turnaway/runs";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { checkConfig, checkState, checkTemp } from "../doctor/check-machine.ts";
import { checkSource } from "../doctor/check-source.ts";
import type { Examined } from "../doctor/examined.ts";
import { writeChecks } from "../doctor/write-checks.ts";

/** `turnaway doctor SOURCE…`: looks for what will fail; 2 for the set-up, 3 for the data. */
export const run: Run = async ([sources], options, context) => {
  const engine = chooseEngine(options);
  const specs = (sources as readonly string[]) ?? [];
  if (engine !== "duckdb") refuseSources(engine, specs);
  const { checks, settings } = checkConfig(options);
  const found =
    settings === null ? NOTHING : await examine(engine, { specs, settings, options }, context);
  const setUp = [...checks, ...found.setUp];
  await writeChecks([...setUp, ...found.data], options, context);
  if (hasFailed(setUp)) context.outcome.exitCode = 2;
  else if (hasFailed(found.data)) context.outcome.exitCode = 3;
};

const NOTHING: Examined = { setUp: [], data: [] };

interface Asked {
  readonly specs: readonly string[];
  readonly settings: Settings;
  readonly options: Options;
}

async function examine(
  engine: EngineName,
  { specs, settings, options }: Asked,
  context: Context,
): Promise<Examined> {
  switch (engine) {
    case "duckdb":
      return {
        setUp: [checkTemp(), ...(await checkState(settings, options, context))],
        data: await checkSource(specs, settings, context),
      };
    case "athena":
      return (await import("../doctor/check-athena.ts")).checkAthena(settings, context);
    case "trino":
      return (await import("../doctor/check-trino.ts")).checkTrino(settings, context);
    case "cloudwatch":
      return (await import("../doctor/check-cloudwatch.ts")).checkCloudwatch(settings, context);
  }
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ status }) => status === "fail");
}
