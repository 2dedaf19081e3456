import { PROTOCOL } from "./conversation.ts";

/** What is talked about: protocol, port and the shape of one conversation. */
export interface Service {
  readonly name: string;
  readonly protocol: number;
  /** 0 where the protocol has no ports. */
  readonly port: number;
  /** Client port where it is always the same; null for an ephemeral one. */
  readonly clientPort: number | null;
  /** Mean packets and bytes of a packet, there and back. No reply where it is sent none. */
  readonly forward: readonly [packets: number, size: number];
  readonly reply: readonly [packets: number, size: number];
  /** Mean seconds of one conversation. */
  readonly seconds: number;
  /** Follows office hours; machines talk evenly. */
  readonly daily: boolean;
  /** Kept open for hours by connection pools and streams. */
  readonly pooled: boolean;
}

/** The services of the VPC and those that it uses. */
export const SERVICES = {
  site: tcp("site", 443, { forward: [14, 240], reply: [22, 900], seconds: 9, daily: true }),
  web: tcp("web", 8080, {
    forward: [10, 320],
    reply: [14, 800],
    seconds: 4,
    daily: true,
    pooled: true,
  }),
  // Registered by nobody and inside the clients' ephemeral range: ports alone can't tell the server.
  api: tcp("api", 50_051, {
    forward: [18, 180],
    reply: [18, 260],
    seconds: 12,
    daily: true,
    pooled: true,
  }),
  stock: tcp("stock", 8081, { forward: [8, 220], reply: [10, 500], seconds: 3, daily: true }),
  cluster: tcp("cluster", 30_080, { forward: [8, 200], reply: [9, 420], seconds: 3, daily: false }),
  postgres: tcp("postgres", 5432, {
    forward: [20, 150],
    reply: [26, 700],
    seconds: 8,
    daily: true,
    pooled: true,
  }),
  redis: tcp("redis", 6379, {
    forward: [12, 110],
    reply: [12, 180],
    seconds: 5,
    daily: true,
    pooled: true,
  }),
  kafka: tcp("kafka", 9092, {
    forward: [30, 600],
    reply: [24, 120],
    seconds: 15,
    daily: false,
    pooled: true,
  }),
  metrics: tcp("metrics", 9100, { forward: [6, 130], reply: [9, 1100], seconds: 1, daily: false }),
  ssh: tcp("ssh", 22, { forward: [60, 120], reply: [70, 260], seconds: 90, daily: true }),
  https: tcp("https", 443, { forward: [12, 260], reply: [18, 850], seconds: 4, daily: true }),
  http: tcp("http", 80, { forward: [6, 160], reply: [14, 1200], seconds: 2, daily: false }),
  mail: tcp("mail", 587, { forward: [24, 700], reply: [20, 90], seconds: 3, daily: true }),
  storage: tcp("storage", 443, {
    forward: [180, 1400],
    reply: [60, 120],
    seconds: 20,
    daily: false,
  }),
  dns: udp("dns", 53, { forward: [1, 72], reply: [1, 150], clientPort: null }),
  ntp: udp("ntp", 123, { forward: [1, 76], reply: [1, 76], clientPort: 123 }),
  syslog: udp("syslog", 514, { forward: [5, 310], reply: [0, 0], clientPort: null }),
  ping: {
    name: "ping",
    protocol: PROTOCOL.icmp,
    port: 0,
    clientPort: 0,
    forward: [5, 84],
    reply: [5, 84],
    seconds: 4,
    daily: false,
    pooled: false,
  },
} as const satisfies Record<string, Service>;

/** A TCP service with that port; the shape of a short exchange unless another is given. */
export function tcp(
  name: string,
  port: number,
  shape: Partial<Pick<Service, "forward" | "reply" | "seconds" | "daily" | "pooled">> = {},
): Service {
  return {
    name,
    protocol: PROTOCOL.tcp,
    port,
    clientPort: null,
    forward: [10, 140],
    reply: [10, 200],
    seconds: 4,
    daily: false,
    pooled: false,
    ...shape,
  };
}

/** A UDP service: one exchange that is over within a second. */
export function udp(
  name: string,
  port: number,
  shape: Pick<Service, "forward" | "reply" | "clientPort">,
): Service {
  return { name, protocol: PROTOCOL.udp, port, seconds: 0, daily: false, pooled: false, ...shape };
}
