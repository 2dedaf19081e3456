/** Every kind of trouble that can be planted, in the order of the documentation. */
export const INCIDENT_KINDS = [
  "broken-security-group",
  "closed-port-opened",
  "nacl-drops-replies",
  "inside-port-scan",
  "host-sweep",
  "egress-denied",
  "internal-denied",
  "block-public-access",
  "encryption-control",
  "spike",
  "admin-port-open",
  "exfiltration",
  "unusual-protocol",
  "coverage-gap",
  "skip-data",
  "late-packets",
  "scanners",
] as const;

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/**
 * A planted incident: the label that a report is measured against.
 *
 * `null` in client, server, protocol or port means "no single one": a sweep has
 * no one server, a port that was opened to a range has no one client.
 */
export interface Incident {
  readonly kind: IncidentKind;
  /** Id of the detection that must find it. */
  readonly detection: string;
  /**
   * `finding`: the report must list it. `counted-apart`: it must be in the count of
   * late packets and in no finding. `noise`: it must be in no finding.
   */
  readonly expected: "finding" | "counted-apart" | "noise";
  /** Other detections that are right to fire on the same client, server and port. */
  readonly alsoExplains: readonly string[];
  /** First day that it must be found on, `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** Days that it can be seen on, the first included. */
  readonly days: readonly string[];
  /** When its first record begins, ISO 8601 UTC. */
  readonly from: string;
  readonly client: string | null;
  readonly server: string | null;
  /** `tcp`, `udp`, `gre`, … */
  readonly protocol: string | null;
  /** Service port. */
  readonly port: number | null;
  /**
   * The same traffic under other names: what an address-translating interface logs.
   * A format without `pkt-srcaddr` can't tell these from the real ends.
   */
  readonly echoes: readonly { readonly client: string; readonly server: string }[];
  /** What happened, in one sentence. */
  readonly note: string;
}

/** What of a finding is held against the labels. */
export interface Claim {
  readonly detection: string;
  readonly client: string | null;
  readonly server: string | null;
  readonly protocol: string | null;
  readonly port: number | null;
}

/**
 * Whether the claim is about this incident: its detection (or one that is right to
 * fire on the same traffic) and its ends. A `null` on either side stands for any,
 * but a claim must name at least one end that the label names.
 */
export function explains(incident: Incident, claim: Claim): boolean {
  if (incident.expected !== "finding") return false;
  if (![incident.detection, ...incident.alsoExplains].includes(claim.detection)) return false;
  if (!agree(incident.protocol, claim.protocol) || !agree(incident.port, claim.port)) return false;
  return [incident, ...incident.echoes].some(({ client, server }) => {
    if (!agree(client, claim.client) || !agree(server, claim.server)) return false;
    const named = [client, server].some((end) => end !== null);
    const shared = client !== null && client === claim.client;
    return !named || shared || (server !== null && server === claim.server);
  });
}

function agree<T>(label: T | null, claim: T | null): boolean {
  return label === null || claim === null || label === claim;
}
