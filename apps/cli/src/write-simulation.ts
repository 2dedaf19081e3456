import { createWriteStream, rmSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

import { addDays, type S3Layout } from "@turnaway/core";
import { makeFolder, unwritable, writeFile } from "@turnaway/runs";
import {
  filesOf,
  incidentsJson,
  simulate,
  type Simulation,
  type SimulationOptions,
} from "@turnaway/simulator";

export interface SimulateRequest {
  readonly out: string;
  readonly seed: number;
  readonly days: number;
  readonly startDay: string;
  readonly recordsPerDay: number;
  readonly format: SimulationOptions["format"];
  readonly layout: S3Layout;
  readonly fileFormat: "text" | "parquet";
  readonly incidents: NonNullable<SimulationOptions["incidents"]>;
}

export interface SimulateHooks {
  readonly signal: AbortSignal;
  readonly onFile?: (done: number, of: number) => void;
}

/** Writes every file under its S3 key, and the labels beside them in `incidents.json`. */
export async function writeSimulation(
  request: SimulateRequest,
  { signal, onFile }: SimulateHooks,
): Promise<{ files: number; simulation: Simulation }> {
  const simulation = simulate(request);
  const toParquet =
    request.fileFormat === "parquet"
      ? (await import("./parquet-writer.ts")).openParquetWriter
      : undefined;
  const parquet = await toParquet?.();
  const total = request.days * FILES_A_DAY;
  // First, so that even an interrupted run can be told for what it is.
  writeFile(path.join(request.out, "incidents.json"), `${incidentsJson(simulation)}\n`);
  let files = 0;
  try {
    for (let i = 0; i < request.days; i++) {
      const day = addDays(request.startDay, i);
      const ext = request.fileFormat === "parquet" ? "log.parquet" : "log.gz";
      for (const file of filesOf(simulation, { layout: request.layout, day, ext })) {
        signal.throwIfAborted();
        const target = path.join(request.out, file.key);
        makeFolder(path.dirname(target));
        if (parquet === undefined) await writeGzip(target, file.text(), signal);
        else await parquet.write(target, file.text(), file.format);
        onFile?.(Math.min(++files, total), total);
      }
    }
  } finally {
    parquet?.close();
  }
  return { files, simulation };
}

const FILES_A_DAY = 288;

async function writeGzip(file: string, text: Iterable<string>, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(Readable.from(text), createGzip(), createWriteStream(file), { signal });
  } catch (error) {
    rmSync(file, { force: true });
    signal.throwIfAborted();
    throw unwritable(file, error);
  }
}
