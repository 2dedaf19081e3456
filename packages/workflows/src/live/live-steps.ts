import { z } from "zod";

import type { Ended } from "../run-turnaway.ts";

/** One step of the live check. Each can be done again: what is done already is found done. */
export interface LiveStep {
  readonly title: string;
  /** Arguments of `turnaway`. */
  readonly command: readonly string[];
  /** Exit codes with which it went well. */
  readonly accepts: readonly number[];
  /** Why what it wrote is not enough; null where it is. Default: the exit code decides */
  readonly whyNot?: (ended: Ended) => string | null;
  /** Minutes in which it is asked again until it is enough. Default: it is asked once */
  readonly minutes?: number;
}

export interface LiveCheck {
  /** Path of the configuration. */
  readonly config: string;
  /** Name of the deployment. */
  readonly name: string;
  /** Leave everything as it is at the end. */
  readonly keep: boolean;
}

/** What is done in the sandbox account, in this order. */
export function liveSteps({ config, name, keep }: LiveCheck): readonly LiveStep[] {
  const own = ["--config", config];
  const athena = ["--engine", "athena", ...own];
  const deployed: LiveStep[] = [
    {
      title: "Look for what stands in the way",
      command: ["deploy", "plan", ...own],
      accepts: [0],
    },
    {
      title: "Deploy the stacks, the tables of the rollup and the views",
      command: ["deploy", "apply", ...own],
      accepts: [0],
    },
    {
      title: "Deploy again: there is nothing left to do",
      command: ["deploy", "plan", "--format", "json", ...own],
      accepts: [0],
      whyNot: whyChanged,
    },
    {
      title: "Wait until the talk of the demo network is delivered",
      command: [...RECORDS, ...athena],
      accepts: [0, 3],
      whyNot: whyTooFew,
      minutes: 45,
    },
    // 3: the days before today have no files.
    {
      title: "Ask the doctor",
      command: ["doctor", ...athena],
      accepts: [0, 3],
    },
    {
      title: "Make the first report, and find both troubles of the demo network",
      command: ["report", "--since", "2h", "--format", "json", ...athena],
      accepts: [0, 3],
      whyNot: whyNotFound,
      minutes: 20,
    },
    {
      title: "Compare what is live, and look for drift",
      command: ["deploy", "status", "--drift", ...own],
      accepts: [0],
    },
  ];
  if (keep) return deployed;
  return [
    ...deployed,
    {
      title: "Destroy all but the logs",
      command: ["deploy", "destroy", "--confirm", name, ...own],
      accepts: [0],
    },
    {
      title: "Print what removes the logs",
      command: ["deploy", "destroy", "--dry-run", ...own],
      accepts: [0],
    },
  ];
}

function whyChanged({ stdout }: Ended): string | null {
  const { stacks } = read(planSchema, stdout);
  const others = stacks.filter(({ state }) => state !== "unchanged").map(({ name }) => name);
  return others.length === 0 ? null : `there is something to deploy still: ${others.join(", ")}`;
}

const RECORDS = "query most-recent-records --since 2h --limit 200 --format json".split(" ");

/** Records that hold each refusal often enough to be a finding. */
const ENOUGH_RECORDS = 60;

function whyTooFew({ stdout }: Ended): string | null {
  const rows = read(z.array(z.unknown()), stdout).length;
  return rows >= ENOUGH_RECORDS ? null : `${rows} records of ${ENOUGH_RECORDS} so far`;
}

/** What the demo network does on purpose. */
const TROUBLES = ["internal-denied", "reply-rejected"] as const;

function whyNotFound({ stdout }: Ended): string | null {
  const found = new Set(read(reportSchema, stdout).findings.map(({ detection }) => detection));
  const missing = TROUBLES.filter((detection) => !found.has(detection));
  return missing.length === 0 ? null : `not found: ${missing.join(", ")}`;
}

const planSchema = z.object({
  stacks: z.array(z.object({ name: z.string(), state: z.string() })),
});
const reportSchema = z.object({ findings: z.array(z.object({ detection: z.string() })) });

function read<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text));
}
