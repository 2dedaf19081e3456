import {
  type Config,
  type Finding,
  findOwner,
  isoTime,
  matchMute,
  type Mute,
  protocolName,
  SEVERITIES,
} from "@turnaway/core";
import type { DetectionHeader, SqlFile } from "@turnaway/sql";

import { dropExplained } from "./explain.ts";
import { findingKey } from "./finding-key.ts";
import type { Interfaces } from "./interfaces.ts";
import { refusingRule } from "./rule.ts";
import type { Sighting } from "./sightings.ts";
import { detectionFiles, detectionId } from "./statements.ts";
import { findingSeverity, findingTitle } from "./title.ts";
import { track, type Tracked } from "./track.ts";

export interface FindingsInput {
  readonly sightings: readonly Sighting[];
  readonly config: Config;
  readonly mutes: readonly Mute[];
  /** How a key reads where the report is posted, when that is not as it is here. */
  readonly postedKey?: ((key: string) => string) | undefined;
  readonly interfaces: Interfaces;
  readonly periods: { readonly last: number; readonly covered: ReadonlySet<number> };
  /** Start of the report's period, Unix seconds: stands in where a sighting has no time. */
  readonly windowStart: number;
  /** Day of the report, for mutes: YYYY-MM-DD. */
  readonly day: string;
}

/** Every trouble once, tracked, owned and muted, the next action first. */
export function buildFindings(input: FindingsInput): Finding[] {
  const headers = new Map(detectionFiles().map((file) => [detectionId(file) as string, file]));
  const keyOf = (s: Sighting): string =>
    findingKey(s, headers.get(s.detection)!.detection!.key.split(" "));
  return track(dropExplained(input.sightings), keyOf, input.periods)
    .map((tracked) => toFinding(tracked, headers.get(tracked.sighting.detection)!, input))
    .toSorted(byNextAction);
}

function toFinding(tracked: Tracked, file: SqlFile, input: FindingsInput): Finding {
  const { sighting } = tracked;
  const header = file.detection!;
  const detection = input.config.report.detections[detectionId(file)];
  const place = input.interfaces.place(sighting);
  const protocol = sighting.protocol === null ? null : protocolName(sighting.protocol);
  const draft = {
    key: tracked.key,
    detection: sighting.detection,
    client: sighting.client,
    server: sighting.server,
    port: sighting.service_port,
    protocol,
  };
  const posted = input.postedKey === undefined ? {} : { postedKey: input.postedKey(tracked.key) };
  const mute = matchMute({ ...draft, ...posted }, input.mutes, input.day);
  const first = tracked.firstSeen ?? sighting.first_seen ?? input.windowStart;
  return {
    ...draft,
    severity: detection.severity ?? findingSeverity(sighting, header.severity),
    status: mute !== undefined && mute.state !== "expired" ? "muted" : tracked.status,
    day: tracked.day,
    scope: sighting.scope,
    firstSeen: isoTime(first),
    lastSeen: isoTime(sighting.last_seen ?? first),
    records: sighting.records,
    packets: sighting.packets,
    bytes: sighting.bytes,
    owner: findOwner(input.config.report.owners, place) ?? place.tags[0] ?? null,
    title: findingTitle(sighting),
    why: header.why,
    next: header.next,
    trace: traceSubject(sighting, protocol),
    refusedAt: refusedAt(sighting),
    rule: refusingRule(sighting),
    ids: {
      account: place.account,
      vpc: place.vpc,
      subnet: place.subnet,
      instance: place.instance,
      interface: place.interface,
    },
    mute:
      mute === undefined
        ? null
        : { reason: mute.mute.reason, owner: mute.mute.owner, until: mute.mute.until },
    evidence: evidenceOf(sighting, header.evidence ?? {}),
  };
}

// Named as the header of the detection names them; times as times.
function evidenceOf(
  sighting: Sighting,
  entries: NonNullable<DetectionHeader["evidence"]>,
): Finding["evidence"] {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, { from }]) => {
      const value = sighting[from];
      if (value === null || (from === "sample" && isSampleKnown(sighting))) return [];
      return [[name, from === "since" ? isoTime(Number(value)) : value]];
    }),
  );
}

// One of many tells a reader something; the only one, or an end of the finding, does not.
function isSampleKnown({ client, server, spread, sample }: Sighting): boolean {
  return sample === client || sample === server || Number(spread) === 1;
}

function refusedAt(sighting: Sighting): Finding["refusedAt"] {
  if (sighting.refused_at !== null) return sighting.refused_at;
  return ACCEPTED.has(sighting.detection) ? null : "unknown";
}

const ACCEPTED: ReadonlySet<string> = new Set([
  "newly-accepted",
  "admin-port-open",
  "large-transfer",
  "coverage-gap",
]);

function traceSubject(sighting: Sighting, protocol: string | null): string | null {
  const { client, server, service_port: port } = sighting;
  if (client === null && server === null) return null;
  if (server === null) return client;
  const end = port === null ? server : protocol === null ? server : joinPort(server, port);
  return client === null ? end : `${client}->${end}`;
}

function joinPort(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

const STATUS_ORDER = ["new", "ongoing", "resolved", "muted"];
const SCOPE_ORDER = ["internal", "egress", "ingress", "pipeline"];

// Counts come last, so that a scanner never stands above a broken deploy.
function byNextAction(a: Finding, b: Finding): number {
  return (
    STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
    SCOPE_ORDER.indexOf(a.scope) - SCOPE_ORDER.indexOf(b.scope) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(b.records, a.records) ||
    compare(a.key, b.key)
  );
}

function compare<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
