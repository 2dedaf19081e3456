import type { Conversation, Emit, Observation, Span } from "./conversation.ts";
import type { Planted } from "./incidents/scene.ts";
import type { Link } from "./link.ts";
import { outside, type Host } from "./network.ts";
import type { Settings } from "./options.ts";
import { hashOf } from "./random.ts";
import type { Leg } from "./route.ts";
import { talk } from "./traffic.ts";

/** What the flow log delivers: everything that a simulation is made of, settled. */
export interface Broadcast {
  readonly settings: Settings;
  readonly links: readonly Link[];
  /** Hosts that have nothing to say and write NODATA. */
  readonly idle: readonly Host[];
  readonly planted: readonly Planted[];
}

/** The records that AWS writes into one file. */
export interface Delivery {
  /** Unix seconds, a multiple of 300. */
  readonly fileTime: number;
  readonly observations: readonly Observation[];
}

/** A file every five minutes. */
export const FILE_SECONDS = 300;

/**
 * Files whose time lies in the span, one after the other; empty ones are not written.
 *
 * A record reaches the bucket some minutes after its window, so the first file
 * needs the half hour before it and nothing else: days are independent, and at
 * most that half hour is in memory.
 */
export function* deliveries(broadcast: Broadcast, span: Span): Generator<Delivery> {
  const { settings } = broadcast;
  const waiting = new Map<number, Observation[]>();
  const emit: Emit = (seen) => {
    if (seen.start < settings.from || seen.start >= settings.until) return;
    const file = fileOf(seen);
    const list = waiting.get(file);
    if (list === undefined) waiting.set(file, [seen]);
    else list.push(seen);
  };
  for (let time = span.from - LONGEST_WAY; time < span.until; time += FILE_SECONDS) {
    speakDuring(broadcast, { from: time, until: time + FILE_SECONDS }, emit);
    const observations = waiting.get(time);
    waiting.delete(time);
    if (time >= span.from && observations !== undefined) {
      yield { fileTime: time, observations: observations.sort(byEnd) };
    }
  }
}

/** Seconds from the opening of a conversation to the latest file that has a window of it. */
export const LONGEST_WAY = 6 * FILE_SECONDS;

function speakDuring({ settings, links, idle, planted }: Broadcast, span: Span, emit: Emit): void {
  if (span.from < settings.from || span.from >= settings.until) return;
  if (planted.some(({ gap }) => gap !== undefined && holds(gap, span.from))) return;
  talk(links, settings.seed, { span, emit });
  for (const host of idle) writeStatus(host, { status: "NODATA", span, emit });
  for (const { skips } of planted) {
    if (skips === undefined || !holds(skips.span, span.from)) continue;
    for (const host of skips.hosts) writeStatus(host, { status: "SKIPDATA", span, emit });
  }
}

function holds({ from, until }: Span, time: number): boolean {
  return time >= from && time < until;
}

// AWS needs some minutes to collect, write and deliver; each interface its own number of them.
function fileOf({ leg, end }: Observation): number {
  const delay = 60 + (hashOf(leg.host.index, Math.floor(end / 600)) % 420);
  return Math.floor((end + delay) / FILE_SECONDS) * FILE_SECONDS;
}

function byEnd(a: Observation, b: Observation): number {
  return a.end - b.end;
}

function writeStatus(
  host: Host,
  { status, span, emit }: { status: Observation["status"]; span: Span; emit: Emit },
): void {
  const { window, phase, skew } = host;
  const first = Math.ceil((span.from - phase) / window) * window + phase;
  for (let start = first; start < span.until; start += window) {
    const from = start + skew;
    emit({
      leg: silence(host),
      packets: 0,
      bytes: 0,
      start: from,
      end: from + window - 2,
      flags: 0,
      status,
    });
  }
}

function silence(host: Host): Leg {
  return {
    conversation: NOTHING_SAID,
    host,
    reply: false,
    egress: false,
    accepted: true,
    source: "-",
    destination: "-",
    sourcePort: 0,
    destinationPort: 0,
    packetSource: "-",
    packetDestination: "-",
    sourceService: "-",
    destinationService: "-",
    trafficPath: null,
    nextHop: null,
  };
}

const NOTHING_SAID: Conversation = {
  client: outside("-"),
  server: outside("-"),
  protocol: 0,
  clientPort: 0,
  serverPort: 0,
  open: 0,
  close: 0,
  forward: { packets: 0, size: 0 },
  reply: { packets: 0, size: 0 },
  outcome: "accepted",
  reason: "-",
  ending: 0,
  nat: null,
};
