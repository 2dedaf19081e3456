import path from "node:path";

import { addDays, dayOf, parseFields, S3_LAYOUTS } from "@turnaway/core";
import { choice, type Options, parseNow, text, usage, wholeNumber } from "@turnaway/runs";
import { INCIDENT_KINDS, type IncidentKind } from "@turnaway/simulator";

import type { Run } from "../program.ts";
import { type SimulateRequest, writeSimulation } from "../write-simulation.ts";

/** `turnaway simulate`: seeded flow logs with labelled incidents, as AWS would lay them out. */
export const run: Run = async (_args, options, context) => {
  const request = readRequest(options);
  const progress = await context.startProgress("simulating");
  try {
    const written = await writeSimulation(request, {
      signal: context.signal,
      onFile: (done, of) => progress.update(done, of),
    });
    progress.stop();
    context.say(
      `wrote ${written.files} files of ${request.days} days to ${request.out}, the incidents to ${path.join(request.out, "incidents.json")}`,
    );
    context.say(`try: turnaway report ${request.out}`);
  } finally {
    progress.stop();
  }
};

function readRequest(options: Options): SimulateRequest {
  const out = text(options, "out");
  if (out === undefined) {
    throw usage(
      "--out",
      "no folder was given",
      "name a folder to write to, for example --out ./simulated",
    );
  }
  const days = wholeNumber(options, "days", [1, 366]) ?? 8;
  const fields = text(options, "fields") ?? "default";
  return {
    out,
    seed: wholeNumber(options, "seed", [0, 2 ** 32 - 1]) ?? 1,
    days,
    startDay: startDay(options, days),
    recordsPerDay: wholeNumber(options, "records", [1000, 50_000_000]) ?? 100_000,
    format: fields === "default" || fields === "rich" ? fields : parseFields(fields),
    layout: choice(options, "layout", S3_LAYOUTS) ?? "default",
    fileFormat: choice(options, "fileFormat", ["text", "parquet"]) ?? "text",
    incidents: readIncidents(text(options, "incidents")),
  };
}

function startDay(options: Options, days: number): string {
  const start = text(options, "start");
  if (start === undefined) return addDays(dayOf(parseNow(text(options, "now")), "UTC"), -days);
  if (/^\d{4}-\d\d-\d\d$/.test(start) && addDays(start, 0) === start) return start;
  throw usage("--start", `received "${start}"`, "write a day as YYYY-MM-DD");
}

function readIncidents(value: string | undefined): SimulateRequest["incidents"] {
  if (value === undefined || value === "all" || value === "none") return value ?? "all";
  return value.split(",").map((word): IncidentKind => {
    const kind = INCIDENT_KINDS.find((one) => one === word.trim());
    if (kind !== undefined) return kind;
    throw usage(
      "--incidents",
      `received "${word}"`,
      `use all, none, or some of ${INCIDENT_KINDS.join(", ")}`,
    );
  });
}
