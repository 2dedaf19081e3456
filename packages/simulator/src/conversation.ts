import type { Endpoint, Host } from "./network.ts";
import type { Leg } from "./route.ts";

/** What became of a conversation, and at whose interface. */
export type Outcome =
  | "accepted"
  | "refused-at-server"
  | "refused-at-client"
  | "reply-refused-at-client"
  | "reply-refused-at-server";

/** `BPA` is VPC Block Public Access, `EC` is VPC Encryption Controls. */
export type RejectReason = "-" | "BPA" | "EC";

/** One connection, or one exchange of datagrams, between two ends. */
export interface Conversation {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly protocol: number;
  readonly clientPort: number;
  readonly serverPort: number;
  /** Unix seconds of the first and the last packet. */
  readonly open: number;
  readonly close: number;
  readonly forward: Amount;
  readonly reply: Amount;
  readonly outcome: Outcome;
  readonly reason: RejectReason;
  /** FIN, or RST where the client hangs up. */
  readonly ending: number;
  /** The NAT gateway on the way and the port that it lends. */
  readonly nat: { readonly host: Host; readonly port: number } | null;
}

/** Packets of one direction, from the first to the last, and the mean size of one. */
export interface Amount {
  readonly packets: number;
  readonly size: number;
}

/** One direction of a conversation, in one window, at one interface: what becomes a record. */
export interface Observation {
  readonly leg: Leg;
  readonly packets: number;
  readonly bytes: number | null;
  /** Unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly flags: number;
  readonly status: "OK" | "NODATA" | "SKIPDATA";
}

export type Emit = (observation: Observation) => void;

/** Half-open range of Unix seconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export const FLAG = { fin: 1, syn: 2, rst: 4, synAck: 18 } as const;
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, gre: 47 } as const;

/**
 * Cuts one leg into the windows of the interface that saw it.
 *
 * The windows of an interface lie on its own grid, so the two ends of a
 * conversation cut it at different seconds; whatever the cuts, the sums are those
 * of the conversation. Only windows that begin in `span` are emitted.
 */
export function cutIntoWindows(leg: Leg, span: Span, emit: Emit): void {
  const { conversation, host } = leg;
  const { open, close } = conversation;
  const amount = leg.reply ? conversation.reply : conversation.forward;
  const first = Math.max(open, span.from - host.window);
  let gridStart = first - ((((first - host.phase) % host.window) + host.window) % host.window);
  let before = packetsBy(conversation, amount.packets, gridStart);
  for (; gridStart <= close && gridStart < span.until; gridStart += host.window) {
    const gridEnd = gridStart + host.window;
    const after = packetsBy(conversation, amount.packets, gridEnd);
    const start = Math.max(open, gridStart);
    if (after > before && start >= span.from && start < span.until) {
      const end = endOfWindow(conversation, start, gridEnd);
      emit({
        leg,
        packets: after - before,
        bytes: conversation.reason === "BPA" ? null : (after - before) * amount.size,
        start: start + host.skew,
        end: end + host.skew,
        flags: flagsOf(leg, before === 0, after === amount.packets),
        status: "OK",
      });
    }
    before = after;
  }
}

// The last packet of a short conversation is seldom the last second of its window:
// AWS closes a window some seconds later, never after the interval's end.
function endOfWindow({ close, clientPort }: Conversation, start: number, gridEnd: number): number {
  const seen = close < gridEnd ? close + (clientPort % 23) : gridEnd - 1;
  return Math.max(start, Math.min(seen, gridEnd - 1));
}

/** Packets sent before `time`: 0 until it opens, at least 1 from then on, all of them once closed. */
function packetsBy({ open, close }: Conversation, packets: number, time: number): number {
  if (time <= open) return 0;
  if (time > close) return packets;
  const share = (time - open) / (close - open + 1);
  return Math.min(packets, Math.ceil(packets * (close - open > 900 ? wave(share) : share)));
}

// A long connection has busier and quieter hours. Rises from 0 to 1 and never falls.
function wave(share: number): number {
  const turns = 5;
  return share + (0.4 * Math.sin(2 * Math.PI * turns * share)) / (2 * Math.PI * turns);
}

function flagsOf({ conversation, reply }: Leg, isFirst: boolean, isLast: boolean): number {
  if (conversation.protocol !== PROTOCOL.tcp) return 0;
  const greeting = reply ? FLAG.synAck : FLAG.syn;
  // A refused client sends nothing but its greeting, again and again.
  if (conversation.outcome !== "accepted") return greeting;
  const ending = reply && conversation.ending === FLAG.rst ? 0 : conversation.ending;
  return (isFirst ? greeting : 0) | (isLast ? ending : 0);
}
