import { addDays, dayOf } from "@turnaway/core";

import type { Context } from "./context.ts";
import { writeSimulation } from "./write-simulation.ts";

export interface SampleRequest {
  /** Folder that the logs are written to. */
  readonly out: string;
  /** Unix seconds: the day before this one is the last of the sample. */
  readonly now: number;
  readonly seed: number;
  readonly recordsPerDay: number;
}

/** Writes the logs of a simulated VPC with every incident, for whoever has none of their own. */
export async function writeSample(
  { out, now, seed, recordsPerDay }: SampleRequest,
  context: Context,
): Promise<void> {
  const progress = await context.startProgress(`simulating ${DAYS} days of a VPC`);
  try {
    await writeSimulation(
      {
        out,
        seed,
        days: DAYS,
        startDay: addDays(dayOf(now, "UTC"), -DAYS),
        recordsPerDay,
        format: "rich",
        layout: "default",
        fileFormat: "text",
        incidents: "all",
      },
      { signal: context.signal, onFile: (done, of) => progress.update(done, of) },
    );
  } finally {
    progress.stop();
  }
}

const DAYS = 8;
