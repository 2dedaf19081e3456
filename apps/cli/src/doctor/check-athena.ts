import { type Check, failed } from "@turnaway/core/checks";
import { diagnoseAthena } from "@turnaway/engines/athena";
import type { Settings } from "@turnaway/runs";
import { athenaOptions } from "@turnaway/runs/athena";
import { withWarehouse } from "@turnaway/runs/remote";
import { createS3Client } from "@turnaway/sources/s3";
import { rawScope } from "@turnaway/sql";

import type { Context } from "../context.ts";
import { checkRollup, checkViews } from "./check-rollup.ts";
import type { Examined } from "./examined.ts";

/** Codes of checks about the logs; all others are about the set-up. */
const ABOUT_DATA: ReadonlySet<string> = new Set(["PARTITIONS", "FRESHNESS"]);

/** Everything that the engine's own doctor looks at, then the views and the rollup. */
export async function checkAthena(settings: Settings, context: Context): Promise<Examined> {
  const { config, now } = settings;
  try {
    rawScope(config);
  } catch (error) {
    return { setUp: failed("CONFIG", error), data: [] };
  }
  const { bucket } = config.logs;
  const s3 = await createS3Client(context.env, bucket === null ? {} : { bucket });
  const { options, close } = await athenaOptions(settings, context.env);
  try {
    const checks = await diagnoseAthena({ ...options, s3, config, now, signal: context.signal });
    const isFailed = checks.some(({ status }) => status === "fail");
    const further = isFailed ? [] : await checkWarehouse(settings, context);
    const all: Check[] = [...checks, ...further];
    return {
      setUp: all.filter(({ code }) => !ABOUT_DATA.has(code)),
      data: all.filter(({ code }) => ABOUT_DATA.has(code)),
    };
  } finally {
    close();
    s3.destroy();
  }
}

function checkWarehouse(settings: Settings, context: Context): Promise<Check[]> {
  return withWarehouse("athena", settings, context, async (open) => [
    ...(await checkViews(open, context)),
    ...(await checkRollup(open, settings, context)),
  ]);
}
