import { addDays, flowLogKey, type LogFormat, type S3Layout } from "@turnaway/core";

import { baseline } from "./baseline.ts";
import type { Observation } from "./conversation.ts";
import { FILE_SECONDS, LONGEST_WAY, deliveries, type Broadcast } from "./delivery.ts";
import type { Incident } from "./incident.ts";
import { plant } from "./incidents/plan.ts";
import { buildNetwork, type Network } from "./network.ts";
import { internetNoise } from "./noise.ts";
import { settle, type Settings, type SimulationOptions } from "./options.ts";
import { hexOf } from "./random.ts";
import { recordWriter, type FlowRecord, type RecordWriter } from "./record.ts";
import { fitVolume } from "./volume.ts";

/** A simulated VPC, its incidents and its records. Nothing is generated until it is read. */
export interface Simulation {
  readonly settings: Settings;
  readonly network: Network;
  readonly incidents: readonly Incident[];
  /**
   * Records delivered on that UTC day, in the order of delivery; the last day has
   * also what was delivered in the half hour after it. Reads lazily, holds half an
   * hour in memory, and needs no other day.
   */
  records(day: string): Iterable<FlowRecord>;
  /** Files of that day; see `filesOf`. */
  files(day: string): Iterable<SimulatedFile>;
}

/** The records of one delivered file, under no key yet. */
export interface SimulatedFile {
  /** Unix seconds, a multiple of 300: when the file was written. */
  readonly fileTime: number;
  readonly format: LogFormat;
  readonly size: number;
  readonly records: Iterable<FlowRecord>;
  /** The file as text, header first, in pieces of some hundred kilobytes: the fast way. */
  text(): Iterable<string>;
}

/** Makes the VPC and plants its incidents. Throws USAGE on options that can't be. */
export function simulate(options: SimulationOptions): Simulation {
  const settings = settle(options);
  const network = buildNetwork(settings);
  const idle = network.byRole("standby");
  const links = fitVolume(
    { baseline: baseline(network, settings.seed), noise: internetNoise(network) },
    { records: settings.recordsPerDay, idle },
  );
  const planted = plant(settings, network, links);
  const replaced = new Set(planted.flatMap(({ replaces = [] }) => replaces));
  const kept = links.filter((link) => !replaced.has(link.id));
  const broadcast: Broadcast = {
    settings,
    links: [...kept, ...planted.flatMap(({ adds }) => adds)],
    idle,
    planted,
  };
  const writer = recordWriter(settings);
  const files = (day: string) => filesOfDay(broadcast, writer, day);
  return {
    settings,
    network,
    incidents: planted.map(({ label }) => label),
    files,
    *records(day) {
      for (const file of files(day)) yield* file.records;
    },
  };
}

/** Where and how files are delivered. */
export interface Placement {
  readonly layout: S3Layout;
  readonly day: string;
  /** What stands above `AWSLogs/`: empty, or ending in `/`. Default empty. */
  readonly base?: string;
  /** Default `log.gz`. */
  readonly ext?: string;
}

/**
 * The files of one UTC day under the keys that AWS would give them, one every five
 * minutes. The caller compresses and writes. The last day has also the files of the
 * half hour after midnight, which hold the rest of its records.
 */
export function* filesOf(
  simulation: Simulation,
  { layout, day, base = "", ext = "log.gz" }: Placement,
): Generator<SimulatedFile & { readonly key: string }> {
  const { account, region, seed, startDay } = simulation.settings;
  for (const file of simulation.files(day)) {
    const key = flowLogKey({
      base,
      layout,
      account,
      region,
      day: addDays(startDay, Math.floor((file.fileTime - simulation.settings.from) / 86_400)),
      flowLogId: `fl-0${hexOf(16, seed, 4)}`,
      deliveredAt: file.fileTime,
      hash: hexOf(8, seed, file.fileTime),
      ext,
    });
    yield { ...file, key };
  }
}

/** The labels as JSON: what `incidents.json` holds. */
export function incidentsJson({ settings, incidents }: Simulation): string {
  const { seed, startDay, days, format, recordsPerDay, hosts } = settings;
  const document = {
    schema: "turnaway.incidents/1",
    seed,
    startDay,
    days,
    recordsPerDay,
    hosts,
    fields: format.fields.join(" "),
    incidents,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function* filesOfDay(
  broadcast: Broadcast,
  writer: RecordWriter,
  day: string,
): Generator<SimulatedFile> {
  const { from: first, until: last } = broadcast.settings;
  const from = Date.parse(`${day}T00:00:00Z`) / 1000;
  const until = from + 86_400;
  if (!(from >= first && until <= last)) return;
  const span = { from, until: until === last ? until + LONGEST_WAY : until };
  for (const { fileTime, observations } of deliveries(broadcast, span)) {
    yield fileOf({ fileTime, observations, writer });
  }
}

interface Contents {
  readonly fileTime: number;
  readonly observations: readonly Observation[];
  readonly writer: RecordWriter;
}

function fileOf({ fileTime, observations, writer }: Contents): SimulatedFile {
  const size = observations.length;
  return {
    fileTime,
    format: writer.format,
    size,
    records: {
      *[Symbol.iterator]() {
        for (const [index, seen] of observations.entries()) {
          yield writer.record(seen, fileTime + Math.floor((index * FILE_SECONDS) / size));
        }
      },
    },
    *text() {
      yield `${writer.header}\n`;
      for (let from = 0; from < size; from += LINES_AT_ONCE) {
        const lines = observations
          .slice(from, from + LINES_AT_ONCE)
          .map((seen) => writer.line(seen));
        yield `${lines.join("\n")}\n`;
      }
    },
  };
}

const LINES_AT_ONCE = 2000;
