import { protocolName, type Severity } from "@turnaway/core";

import type { Sighting } from "./sightings.ts";

/** One line that says who, to what: the row of a list. */
export function findingTitle(sighting: Sighting): string {
  const write = TITLES[sighting.detection];
  return write === undefined ? connection(sighting) : write(sighting);
}

/** Severity as the detection's header says, raised where the sighting itself is worse. */
export function findingSeverity(sighting: Sighting, usual: Severity): Severity {
  if (sighting.detection === "newly-accepted" && sighting.scope === "ingress") return "critical";
  if (sighting.detection === "newly-rejected" && sighting.scope === "ingress") return "low";
  if (sighting.detection === "reject-spike" && sighting.scope === "ingress") return "low";
  if (sighting.detection === "coverage-gap" && sighting.sample === "tags-gone") return "low";
  return usual;
}

const TITLES: Readonly<Record<string, (s: Sighting) => string>> = {
  "newly-rejected": (s) => `${connection(s)} is refused, was let through before`,
  "newly-accepted": (s) => `${connection(s)} is let through, was refused before`,
  "internal-denied": (s) => `${connection(s)} is refused inside`,
  "egress-denied": (s) => `${connection(s)} is refused on the way out`,
  "reply-rejected": (s) => `${connection(s)} is answered, and the answer refused`,
  "port-scan": (s) => `${s.client} tried ${s.observed} ports of ${s.server}`,
  "host-sweep": (s) => `${s.client} tried ${s.observed} hosts on ${service(s)}`,
  "reject-spike": (s) =>
    `${s.server} ${service(s)} refused ${s.observed} records, ${s.expected} is usual`,
  "admin-port-open": (s) => `${s.server} ${service(s)} is open to the internet`,
  "block-public-access": (s) => `${connection(s)} is refused by Block Public Access`,
  "encryption-control": (s) => `${connection(s)} is refused for want of encryption`,
  "large-transfer": (s) => `${connection(s)} moved far more data than ever`,
  "unusual-protocol": (s) => `${s.client} to ${s.server} uses ${service(s)} for the first time`,
  "coverage-gap": gapTitle,
};

function connection(s: Sighting): string {
  const client = s.client ?? several(s, "client");
  const server = s.server ?? several(s, "server");
  return `${client} to ${server} ${service(s)}`.trim();
}

function several(s: Sighting, end: "client" | "server"): string {
  return s.spread === null ? `several ${end}s` : `${s.spread} ${end}s`;
}

function service(s: Sighting): string {
  if (s.protocol === null) return "";
  const protocol = protocolName(s.protocol);
  return s.service_port === null ? protocol : `${s.service_port}/${protocol}`;
}

function gapTitle(s: Sighting): string {
  switch (s.sample) {
    case "skipdata":
      return `AWS lost records: ${s.observed} SKIPDATA of ${s.expected} records`;
    case "missing-hours":
      return `${s.observed} of ${s.expected} hours have no records at all`;
    case "silent-interface":
      return `${s.client_interface_id} was silent for ${s.observed} hours`;
    default:
      return "No record carries an owner tag any more";
  }
}
