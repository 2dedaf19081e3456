import type { Settings } from "./options.ts";
import { hashOf, hexOf } from "./random.ts";

/** Subnet tiers, outermost first. Each has one subnet in each of three Availability Zones. */
export const TIERS = ["public", "app", "data", "batch", "ops"] as const;
export type Tier = (typeof TIERS)[number];

/** What a host does: decides whom it talks to. */
export type Role =
  | "load-balancer"
  | "nat-gateway"
  | "bastion"
  | "edge"
  | "web"
  | "api"
  | "postgres"
  | "redis"
  | "kafka"
  | "batch"
  | "prometheus"
  | "resolver"
  | "ntp"
  | "syslog"
  | "monitor"
  | "standby";

/** A machine or AWS-owned node with its one network interface. */
export interface Host {
  /** Position in the network: the same seed gives the same host the same number. */
  readonly index: number;
  readonly name: string;
  readonly tier: Tier;
  readonly role: Role;
  /** Availability Zone, 0 to 2. */
  readonly zone: number;
  /** Primary private IPv4 address. */
  readonly address: string;
  /** Unique local IPv6 address of the few hosts that are dual-stack. */
  readonly ipv6: string | null;
  readonly interfaceId: string;
  readonly subnetId: string;
  /** `-` where AWS owns the interface. */
  readonly instanceId: string;
  /** `nat_gateway` or `-`. */
  readonly interfaceType: string;
  /** Aggregation interval in seconds. Nitro hosts write every minute whatever was asked for. */
  readonly window: number;
  /** Second of the interval at which this interface's windows begin. */
  readonly phase: number;
  /** Seconds by which its timestamps run behind the packets. */
  readonly skew: number;
  /** Ephemeral ports of its operating system, both ends included. */
  readonly ephemeral: readonly [number, number];
  /** Values of the team, stage and Auto Scaling group tags, percent-encoded as AWS logs them. */
  readonly team: string;
  readonly stage: string;
  readonly group: string;
}

/** The VPC: who is in it. */
export interface Network {
  readonly cidr: string;
  readonly hosts: readonly Host[];
  readonly byRole: (role: Role) => readonly Host[];
}

/** One end of a conversation: a host, or an address without an interface in this VPC. */
export interface Endpoint {
  readonly address: string;
  readonly host: Host | null;
  /** AWS service that the address belongs to, or `-`. */
  readonly service: string;
}

/** Builds the hosts. A function of seed, host count, aggregation interval and nothing else. */
export function buildNetwork(settings: Settings): Network {
  const next = new Map<string, number>();
  const hosts = rolesOf(settings.hosts).map((role, index) => {
    const tier = TIER_OF[role];
    const zone = (next.get(role) ?? 0) % 3;
    next.set(role, (next.get(role) ?? 0) + 1);
    const place = `${tier}${zone}`;
    const slot = next.get(place) ?? 0;
    next.set(place, slot + 1);
    return makeHost({ settings, index, role, zone, slot, number: next.get(role) ?? 1 });
  });
  const groups = Map.groupBy(hosts, (host) => host.role);
  return { cidr: "10.0.0.0/16", hosts, byRole: (role) => groups.get(role) ?? [] };
}

/** The host as one end of a conversation. */
export function endOf(host: Host): Endpoint {
  return { address: host.address, host, service: "-" };
}

/** The host's IPv6 side; its IPv4 side where it has none. */
export function ipv6EndOf(host: Host): Endpoint {
  return { address: host.ipv6 ?? host.address, host, service: "-" };
}

/** An address outside the VPC. */
export function outside(address: string, service = "-"): Endpoint {
  return { address, host: null, service };
}

/** Whether the host sits in a public subnet and has a public address of its own. */
export function isPublic(host: Host): boolean {
  return host.tier === "public";
}

const TIER_OF: Readonly<Record<Role, Tier>> = {
  "load-balancer": "public",
  "nat-gateway": "public",
  bastion: "public",
  edge: "public",
  web: "app",
  api: "app",
  postgres: "data",
  redis: "data",
  kafka: "data",
  batch: "batch",
  prometheus: "ops",
  resolver: "ops",
  ntp: "ops",
  syslog: "ops",
  monitor: "ops",
  standby: "batch",
};

/** Roles that exist in fixed numbers, whatever the size of the network. */
const FIXED_ROLES: readonly (readonly [Role, number])[] = [
  ["load-balancer", 3],
  ["nat-gateway", 3],
  ["bastion", 2],
  ["edge", 3],
  ["prometheus", 1],
  ["resolver", 2],
  ["ntp", 2],
  ["syslog", 1],
  ["monitor", 1],
  ["standby", 2],
];

/** What the other hosts do, as shares of the rest. */
const SHARES: readonly (readonly [Role, number])[] = [
  ["web", 0.28],
  ["api", 0.22],
  ["postgres", 0.08],
  ["redis", 0.06],
  ["kafka", 0.06],
  ["batch", 0.3],
];

// Tags are text that a person typed, so one team has the name of an attack.
const TEAMS = [
  "payments",
  "web%20shop",
  "data%2Dplatform",
  "search",
  "-",
  "identity",
  "logistics",
  "%3Cimg%20src%3Dx%3E%7C%60@octo",
];

function rolesOf(count: number): Role[] {
  const fixed = FIXED_ROLES.flatMap(([role, number]) => Array<Role>(number).fill(role));
  const rest = count - fixed.length;
  const shared = SHARES.flatMap(([role, share]) =>
    Array<Role>(Math.floor(rest * share)).fill(role),
  );
  const left = Array<Role>(rest - shared.length).fill("batch");
  return [...fixed, ...shared, ...left];
}

interface Place {
  readonly settings: Settings;
  readonly index: number;
  readonly role: Role;
  readonly zone: number;
  /** How many hosts the subnet already has. */
  readonly slot: number;
  /** How many hosts of the role there are, this one included. */
  readonly number: number;
}

function makeHost({ settings, index, role, zone, slot, number }: Place): Host {
  const { seed, aggregation } = settings;
  const tier = TIER_OF[role];
  // A /20 for each tier and zone: 10.0.0.0, 10.0.16.0, …, 10.0.224.0.
  const subnet = TIERS.indexOf(tier) * 3 + zone;
  const low = slot + 10;
  const luck = hashOf(seed, index, 0x4057);
  const owned = role === "load-balancer" || role === "nat-gateway";
  const nitro = aggregation === 60 || luck % 5 < 3;
  const window = nitro ? 60 : 600;
  const dualStack = (role === "api" || role === "postgres") && number <= 3;
  return {
    index,
    name: `${role}-${number}`,
    tier,
    role,
    zone,
    address: `10.0.${subnet * 16 + (low >> 8)}.${low & 255}`,
    ipv6: dualStack ? `fd12:3456:789a:${subnet.toString(16)}::${low.toString(16)}` : null,
    interfaceId: `eni-0${hexOf(16, seed, index, 1)}`,
    subnetId: `subnet-0${hexOf(16, seed, subnet, 2)}`,
    instanceId: owned ? "-" : `i-0${hexOf(16, seed, index, 3)}`,
    interfaceType: role === "nat-gateway" ? "nat_gateway" : "-",
    window,
    phase: hashOf(luck, 1) % window,
    skew: hashOf(luck, 2) % 20,
    ephemeral: ephemeralOf(role, luck),
    team: owned ? "-" : (TEAMS[hashOf(luck, 3) % TEAMS.length] ?? "-"),
    stage: owned ? "-" : "production",
    group: role === "web" || role === "api" ? `asg%2D${role}` : "-",
  };
}

function ephemeralOf(role: Role, luck: number): readonly [number, number] {
  if (role === "load-balancer" || role === "nat-gateway") return [1024, 65_535];
  // Every tenth batch host runs Windows.
  return role === "batch" && luck % 10 === 0 ? [49_152, 65_535] : [32_768, 60_999];
}
