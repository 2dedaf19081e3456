import { makeLink, type Link } from "./link.ts";
import {
  endOf,
  ipv6EndOf,
  isPublic,
  outside,
  type Endpoint,
  type Host,
  type Network,
  type Role,
} from "./network.ts";
import { hashOf, type Random } from "./random.ts";
import { SERVICES, type Service } from "./services.ts";

/** A baseline link before its volume is known. */
export interface Plan {
  readonly link: Link;
  /** Its part of the day's records, relative to all others. */
  readonly share: number;
}

/**
 * Everything that is normal in this VPC, link by link.
 *
 * Addresses outside come from the ranges that are reserved for documentation and
 * benchmarks (RFC 5737, RFC 2544): a simulated report accuses nobody.
 */
export function baseline(network: Network, seed: number): Plan[] {
  const talk = new Talk(seed);
  visitors(network, talk);
  applications(network, talk);
  batchJobs(network, talk);
  operations(network, talk);
  outbound(network, talk);
  dualStack(network, talk);
  return talk.plans;
}

/** Clients of the public site: many addresses, most of them seen once. */
export function visitor(random: Random): Endpoint {
  const returning = random.fraction() < 0.4;
  const number = returning ? random.between(0, 2999) : random.between(3000, 65_535);
  return outside(`198.18.${number >> 8}.${number & 255}`);
}

/** Hosts on the internet that the VPC uses every day. */
export const PEERS = {
  saas: ["203.0.113.20", "203.0.113.21", "203.0.113.34", "203.0.113.57", "198.51.100.14"],
  packages: ["198.51.100.80", "198.51.100.81"],
  mail: ["192.0.2.25"],
  control: ["192.0.2.130", "192.0.2.131"],
  storage: ["192.0.2.200", "192.0.2.201", "192.0.2.202"],
} as const;

class Talk {
  readonly plans: Plan[] = [];
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Adds a link with the next id. */
  add(share: number, given: Omit<Parameters<typeof makeLink>[0], "id">): void {
    const link = makeLink({ ...given, id: this.plans.length + 1 });
    this.plans.push({ share, link });
  }

  /** Every client talks to `count` of the servers, the same ones on every day. */
  each(share: number, service: Service, ends: Ends): void {
    const { clients, servers, count = 1, late = 0 } = ends;
    if (servers.length === 0) return;
    for (const client of clients) {
      for (let turn = 0; turn < Math.min(count, servers.length); turn += 1) {
        const first = hashOf(this.#seed, client.index, service.port);
        const server = servers[(first + turn) % servers.length] as Host;
        if (server === client) continue;
        this.add(share, { client: endOf(client), server: endOf(server), service, late });
      }
    }
  }
}

interface Ends {
  readonly clients: readonly Host[];
  readonly servers: readonly Host[];
  readonly count?: number;
  readonly late?: number;
}

function visitors(network: Network, talk: Talk): void {
  for (const balancer of network.byRole("load-balancer")) {
    const site = { client: outside("198.18.0.0"), server: endOf(balancer), service: SERVICES.site };
    const vary = (_: number, random: Random) => ({
      client: visitor(random),
      clientPort: random.between(1024, 65_535),
    });
    talk.add(400, { ...site, vary });
    const zone = network.byRole("web").filter((host) => host.index % 3 !== balancer.zone);
    talk.each(6, SERVICES.web, {
      clients: [balancer],
      servers: zone,
      count: zone.length,
      late: 0.004,
    });
  }
}

function applications(network: Network, talk: Talk): void {
  const web = network.byRole("web");
  const api = network.byRole("api");
  const postgres = network.byRole("postgres");
  talk.each(8, SERVICES.api, { clients: web, servers: api, count: 2, late: 0.006 });
  talk.each(6, SERVICES.stock, { clients: web, servers: api.slice(0, 6), late: 0.004 });
  talk.each(6, SERVICES.cluster, { clients: api, servers: api.slice(6, 12) });
  talk.each(8, SERVICES.postgres, { clients: api, servers: postgres, count: 2, late: 0.006 });
  talk.each(7, SERVICES.redis, { clients: [...web, ...api], servers: network.byRole("redis") });
  talk.each(6, SERVICES.kafka, { clients: api, servers: network.byRole("kafka") });
}

function batchJobs(network: Network, talk: Talk): void {
  const batch = network.byRole("batch");
  const kafka = network.byRole("kafka");
  talk.each(6, SERVICES.postgres, {
    clients: batch,
    servers: network.byRole("postgres"),
    late: 0.006,
  });
  talk.each(6, SERVICES.kafka, { clients: batch, servers: kafka });
  talk.each(5, SERVICES.kafka, { clients: kafka, servers: kafka, count: 3 });
  for (const client of batch) {
    const server = outside(peer(PEERS.storage, client), "S3");
    talk.add(4, { client: endOf(client), server, service: SERVICES.storage });
  }
}

function operations(network: Network, talk: Talk): void {
  const everyone = network.hosts.filter((host) => !AWS_OWNED.has(host.role));
  const others = (role: Role) => everyone.filter((host) => host.role !== role);
  const private_ = everyone.filter((host) => !isPublic(host));
  const prometheus = network.byRole("prometheus");
  talk.each(2, SERVICES.metrics, {
    clients: prometheus,
    servers: others("prometheus"),
    count: everyone.length,
  });
  talk.each(3, SERVICES.dns, { clients: others("resolver"), servers: network.byRole("resolver") });
  talk.each(1, SERVICES.ntp, { clients: others("ntp"), servers: network.byRole("ntp") });
  talk.each(2, SERVICES.syslog, { clients: others("syslog"), servers: network.byRole("syslog") });
  talk.each(1, SERVICES.ping, { clients: network.byRole("monitor"), servers: private_, count: 30 });
  talk.each(1, SERVICES.ssh, { clients: network.byRole("bastion"), servers: private_, count: 12 });
}

function outbound(network: Network, talk: Talk): void {
  const add = (share: number, service: Service, to: { client: Host; server: Endpoint }) =>
    talk.add(share, {
      service,
      client: endOf(to.client),
      server: to.server,
      nat: gatewayOf(network, to.client),
    });
  for (const client of network.byRole("api")) {
    add(4, SERVICES.https, { client, server: outside(peer(PEERS.saas, client)) });
    add(2, SERVICES.https, { client, server: outside(peer(PEERS.control, client), "EC2") });
  }
  for (const client of network.byRole("batch")) {
    add(2, SERVICES.http, { client, server: outside(peer(PEERS.packages, client)) });
  }
  for (const client of network.byRole("api").slice(0, 4)) {
    add(2, SERVICES.mail, { client, server: outside(PEERS.mail[0]) });
  }
}

function dualStack(network: Network, talk: Talk): void {
  const servers = network.byRole("postgres").filter((host) => host.ipv6 !== null);
  for (const client of network.byRole("api").filter((host) => host.ipv6 !== null)) {
    for (const server of servers) {
      const ends = { client: ipv6EndOf(client), server: ipv6EndOf(server) };
      talk.add(4, { ...ends, service: SERVICES.postgres });
    }
  }
}

/** The NAT gateway that a private host goes out by; null for one with a public address. */
export function gatewayOf(network: Network, host: Host): Host | null {
  if (isPublic(host)) return null;
  return network.byRole("nat-gateway").find((gateway) => gateway.zone === host.zone) ?? null;
}

// The standby hosts are idle: they are there for their NODATA records.
const AWS_OWNED = new Set<Role>(["load-balancer", "nat-gateway", "standby"]);

function peer(list: readonly string[], host: Host): string {
  return list[host.index % list.length] as string;
}
