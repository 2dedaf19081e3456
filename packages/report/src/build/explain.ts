import { relayedLegs } from "./relayed-legs.ts";
import type { Sighting } from "./sightings.ts";

/**
 * Leaves one sighting for one trouble.
 *
 * A scan of 400 ports is not also 400 denied connections, a rule that broke is not
 * also a spike, and an upload through a NAT gateway is not three. What explains what
 * is the list below and {@link relayedLegs}, nothing else.
 */
export function dropExplained(sightings: readonly Sighting[]): Sighting[] {
  const seen = new Map<string, Set<string>>();
  for (const s of sightings) {
    for (const rule of EXPLANATIONS) {
      if (rule.by === s.detection) add(seen, rule, s.period, rule.of(s));
    }
  }
  const legs = relayedLegs(sightings);
  return sightings.filter(
    (s) =>
      !legs.has(s) &&
      !EXPLANATIONS.some(
        (rule) =>
          rule.explains.includes(s.detection) &&
          seen.get(`${rule.by} ${s.period}`)?.has(rule.what(s) ?? "none"),
      ),
  );
}

interface Explanation {
  readonly by: string;
  readonly explains: readonly string[];
  /** What the explaining sighting covers. */
  readonly of: (s: Sighting) => string | null;
  /** Which of these the explained one would be. */
  readonly what: (s: Sighting) => string | null;
}

const service = (s: Sighting): string => `${s.server} ${s.protocol} ${s.service_port}`;
const outbound = (s: Sighting): string => `${s.client} ${s.protocol} ${s.service_port}`;

const EXPLANATIONS: readonly Explanation[] = [
  {
    by: "newly-rejected",
    explains: ["internal-denied", "reject-spike"],
    of: service,
    what: service,
  },
  {
    by: "newly-rejected",
    explains: ["egress-denied"],
    of: (s) => (s.scope === "egress" ? outbound(s) : null),
    what: outbound,
  },
  {
    by: "internal-denied",
    explains: ["reject-spike"],
    of: service,
    what: service,
  },
  {
    by: "port-scan",
    explains: ["internal-denied", "reject-spike"],
    of: (s) => `${s.client} ${s.server}`,
    what: (s) => (s.client === null ? null : `${s.client} ${s.server}`),
  },
  {
    by: "host-sweep",
    explains: ["internal-denied", "egress-denied"],
    of: outbound,
    what: (s) => (s.client === null ? null : outbound(s)),
  },
  {
    by: "newly-accepted",
    explains: ["admin-port-open"],
    of: service,
    what: service,
  },
];

function add(
  seen: Map<string, Set<string>>,
  rule: Explanation,
  period: number,
  value: string | null,
): void {
  if (value === null) return;
  const key = `${rule.by} ${period}`;
  seen.set(key, (seen.get(key) ?? new Set()).add(value));
}
