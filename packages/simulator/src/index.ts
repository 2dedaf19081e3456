/**
 * A VPC that talks: seeded, repeatable flow logs with planted, labelled incidents,
 * for the demo, the tests and the benchmarks. No disk, network, clock or environment.
 *
 * ```ts
 * const simulation = simulate({
 *   seed: 1, startDay: "2026-11-10", days: 8, format: "rich", recordsPerDay: 50_000,
 * });
 * for (const file of filesOf(simulation, { layout: "default", day: "2026-11-10" })) {
 *   write(file.key, gzip(file.text()));
 * }
 * write("incidents.json", incidentsJson(simulation));
 * ```
 *
 * How it works. Everything is a `Link`: this client talks to this service of this
 * server so many times a day, with this outcome. A link draws from a stream of random
 * numbers of its own for every five minutes, so any day can be made without the day
 * before, and an incident can be switched without moving anything else. A conversation
 * becomes legs (`route.ts`: one for each direction at each interface that sees it), and
 * a leg becomes records (`conversation.ts`: one for each window of that interface's own
 * grid). `delivery.ts` puts them into a file every five minutes, some minutes late.
 *
 * What is in it, because real logs have it and reports get it wrong: both ends of a
 * conversation with different windows; replies; connections that live for hours and
 * show no SYN; 60-second and 600-second interfaces side by side; services on ports
 * inside the clients' ephemeral range (50051), on unregistered ports (8081, 30080), and
 * from port 123 to port 123; one-way syslog; load balancers whose client ports begin at
 * 1024; all four views of a NAT gateway; the S3 gateway endpoint; dual-stack interfaces;
 * a Prometheus and a bastion that look like sweeps but are accepted; scanners with
 * source port 53 or 443; packets that come after the close; NODATA; tags that must be
 * escaped.
 *
 * What is not: a knock at a NAT gateway's public address (AWS logs some as ACCEPT),
 * NODATA of hosts that are idle for one window only, ECS fields, load balancer targets
 * with preserved client addresses, a week with a weekend, late packets and links of one
 * conversation a day in the last minutes before midnight.
 *
 * Incidents share no client, server and port. Apart from them a pair that talks does so
 * every day, with a volume that stays within three tenths of its mean, so any other
 * finding is a false one. Days with incidents have somewhat more records than asked for,
 * the day of a coverage gap fewer.
 */
export {
  INCIDENT_KINDS,
  explains,
  type Claim,
  type Incident,
  type IncidentKind,
} from "./incident.ts";
export type { Host, Network, Role, Tier } from "./network.ts";
export type { Settings, SimulationOptions } from "./options.ts";
export { formatRecord, type FlowRecord } from "./record.ts";
export {
  filesOf,
  incidentsJson,
  simulate,
  type Placement,
  type SimulatedFile,
  type Simulation,
} from "./simulation.ts";
