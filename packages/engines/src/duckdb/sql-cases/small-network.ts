import { DEFAULT_FORMAT, type LogFormat } from "@turnaway/core";
import fc from "fast-check";

/**
 * A network of a few hosts whose truth is known: who asked whom for what, and what
 * became of it. Its flow logs are what both interfaces of each conversation saw.
 */
export interface Connection {
  readonly client: Host;
  readonly server: Host;
  readonly port: number;
  readonly clientPort: number;
  readonly outcome: "accepted" | "refused";
  /** Seconds of the day at which it began. */
  readonly at: number;
  readonly asked: Amount;
  readonly answered: Amount;
  /** Windows that each interface cuts it into, and how late the server's begins. */
  readonly windows: { readonly client: number; readonly server: number; readonly skew: number };
}

export interface Host {
  readonly address: string;
  /** Undefined on the internet, where nobody logs. */
  readonly eni: string | undefined;
}

export interface Amount {
  readonly packets: number;
  readonly bytes: number;
}

export const NETWORK_DAY = "2026-11-01";

/** What a format with flow-direction, flags and packet addresses adds to the default one. */
export const FLAGS_FORMAT: LogFormat = {
  fields: [
    ...DEFAULT_FORMAT.fields,
    "tcp-flags",
    "flow-direction",
    "pkt-srcaddr",
    "pkt-dstaddr",
    "instance-id",
  ],
};

const INSIDE: readonly Host[] = [1, 2, 3, 4, 5].map((n) => ({
  address: `10.0.${n % 2}.${n}`,
  eni: `eni-${n}`,
}));
const OUTSIDE: readonly Host[] = [1, 2, 3].map((n) => ({
  address: `198.51.100.${n}`,
  eni: undefined,
}));

const amount = fc.record({
  packets: fc.integer({ min: 4, max: 1000 }),
  bytes: fc.integer({ min: 200, max: 2 ** 40 }),
});

/** Connections from dynamic ports to ports that are known to serve. */
export const connections: fc.Arbitrary<readonly Connection[]> = fc.array(
  fc
    .record({
      client: fc.constantFrom(...INSIDE, ...OUTSIDE),
      server: fc.constantFrom(...INSIDE, ...OUTSIDE),
      port: fc.constantFrom(22, 80, 443, 3306, 5432, 8080, 9092),
      clientPort: fc.integer({ min: 32_768, max: 65_535 }),
      outcome: fc.constantFrom("accepted", "accepted", "refused"),
      at: fc.integer({ min: 0, max: 82_000 }),
      asked: amount,
      answered: amount,
      windows: fc.record({
        client: fc.integer({ min: 1, max: 3 }),
        server: fc.integer({ min: 1, max: 3 }),
        skew: fc.integer({ min: 0, max: 59 }),
      }),
    })
    .filter(
      ({ client, server }) =>
        client !== server && (client.eni !== undefined || server.eni !== undefined),
    ),
  { minLength: 1, maxLength: 12 },
);

/** The lines that all interfaces write, in the order of the connections. */
export function flowLogLines(all: readonly Connection[], format: LogFormat): string[] {
  return all.flatMap((connection) =>
    observations(connection).flatMap((seen) => windowsOf(connection, seen, format)),
  );
}

interface Observation {
  readonly end: "client" | "server";
  readonly isReply: boolean;
  readonly action: "ACCEPT" | "REJECT";
}

/** The end whose rule refuses: one for each service, where it has an interface. */
function refusingEnd({ client, server, port }: Connection): "client" | "server" {
  if (client.eni === undefined) return "server";
  return server.eni === undefined || port % 2 === 1 ? "client" : "server";
}

function observations(connection: Connection): Observation[] {
  const { client, server, outcome } = connection;
  const request = (end: "client" | "server", action: "ACCEPT" | "REJECT"): Observation => ({
    end,
    isReply: false,
    action,
  });
  const all: Observation[] =
    outcome === "accepted"
      ? (["client", "server"] as const).flatMap((end) => [
          request(end, "ACCEPT"),
          { end, isReply: true, action: "ACCEPT" },
        ])
      : refusingEnd(connection) === "client"
        ? [request("client", "REJECT")]
        : [request("client", "ACCEPT"), request("server", "REJECT")];
  return all.filter(({ end }) => (end === "client" ? client : server).eni !== undefined);
}

function windowsOf(connection: Connection, seen: Observation, format: LogFormat): string[] {
  const { windows, at, asked, answered } = connection;
  const count = windows[seen.end];
  const whole = seen.isReply ? answered : asked;
  return Array.from({ length: count }, (_, i) => {
    const start = at + i * 60 + (seen.end === "server" ? windows.skew : 0);
    const amount = {
      packets: share(whole.packets, i, count),
      bytes: share(whole.bytes, i, count),
    };
    return format.fields
      .map((field) => fieldOf(field, { connection, seen, start, amount, isFirst: i === 0 }))
      .join(" ");
  });
}

function share(total: number, part: number, parts: number): number {
  const each = Math.floor(total / parts);
  return part === parts - 1 ? total - each * (parts - 1) : each;
}

interface Window {
  readonly connection: Connection;
  readonly seen: Observation;
  readonly start: number;
  readonly amount: Amount;
  readonly isFirst: boolean;
}

const MIDNIGHT = Date.parse(`${NETWORK_DAY}T00:00:00Z`) / 1000;

function fieldOf(field: string, window: Window): string | number {
  const { connection, seen, start, amount } = window;
  const { client, server, port, clientPort } = connection;
  const [from, to] = seen.isReply ? [server, client] : [client, server];
  const values: Readonly<Record<string, string | number | undefined>> = {
    version: 2,
    "account-id": "123456789012",
    "interface-id": (seen.end === "client" ? client : server).eni,
    srcaddr: from.address,
    dstaddr: to.address,
    "pkt-srcaddr": from.address,
    "pkt-dstaddr": to.address,
    srcport: seen.isReply ? port : clientPort,
    dstport: seen.isReply ? clientPort : port,
    protocol: 6,
    packets: amount.packets,
    bytes: amount.bytes,
    start: MIDNIGHT + start,
    end: MIDNIGHT + start + 59,
    action: seen.action,
    "log-status": "OK",
    "tcp-flags": flagsOf(window),
    "flow-direction": (seen.end === "client") === seen.isReply ? "ingress" : "egress",
    "instance-id": "i-1",
  };
  return values[field] ?? "-";
}

// What is refused is asked again, with SYN; what is let through has its SYN in the first window.
function flagsOf({ seen, isFirst }: Window): number {
  if (seen.isReply) return isFirst ? 18 : 0;
  return isFirst || seen.action === "REJECT" ? 2 : 0;
}
