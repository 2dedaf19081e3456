import type { Outcome, RejectReason } from "./conversation.ts";
import type { Endpoint, Host } from "./network.ts";
import type { Random } from "./random.ts";
import type { Service } from "./services.ts";

/**
 * A lasting relation: this client talks to this service of this server, so many
 * times a day, with this outcome. All traffic of the simulation is links, and an
 * incident is a link that begins, ends or changes its outcome at some second.
 */
export interface Link {
  /** Names the link's own stream of random numbers, so links can be added without moving others. */
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly service: Service;
  /** Conversations a day. */
  readonly perDay: number;
  /** Lasting connections that are open at any time, beside those. */
  readonly lasting: number;
  /** Unix seconds, half open: when it exists. */
  readonly from: number;
  readonly until: number;
  readonly outcome: Outcome;
  readonly reason: RejectReason;
  readonly nat: Host | null;
  /** Share of conversations after which a packet comes too late. */
  readonly late: number;
  /** Packet size times this: how an upload differs from the usual ones. */
  readonly volume: number;
  /** What is different from conversation to conversation; `turn` counts them from 0. */
  readonly vary: ((turn: number, random: Random) => Partial<Variation>) | null;
}

export interface Variation {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly protocol: number;
}

/** A link that exists always, is accepted, and has nothing special; the rest as given. */
export function makeLink(
  given: Pick<Link, "id" | "client" | "server" | "service"> & Partial<Link>,
): Link {
  return {
    perDay: 1,
    lasting: 0,
    from: -Infinity,
    until: Infinity,
    outcome: "accepted",
    reason: "-",
    nat: null,
    late: 0,
    volume: 1,
    vary: null,
    ...given,
  };
}

/**
 * How many conversations the link has begun by `time`, counted from its beginning
 * (or, for one that exists always, from 1970).
 *
 * Counting with a rising function in place of drawing lots gives every day the same
 * number, near enough: a pair that talks every day does so, and no baseline day looks
 * like an incident.
 */
export function begunBy(link: Link, time: number): number {
  const origin = link.from === -Infinity ? 0 : countAt(link, link.from);
  return countAt(link, Math.min(Math.max(time, link.from), link.until)) - origin;
}

function countAt({ perDay, id, service, from }: Link, time: number): number {
  const day = Math.floor(time / 86_400);
  const share = time / 86_400 - day;
  const curve = service.daily && from === -Infinity ? officeHours(share) : share;
  return Math.floor(perDay * (day + curve) + phaseOf(id, perDay));
}

// Every link at another moment, but none in the last five minutes of a day: one that
// talks once a day would talk twice on the next, since its clock runs some seconds behind.
function phaseOf(id: number, perDay: number): number {
  const margin = Math.min(0.5, perDay / 288);
  return margin + (1 - margin) * ((id * 0.618_033_988_75) % 1);
}

// Busiest at 14:00 UTC, quietest at 02:00; rises from 0 to 1.
function officeHours(share: number): number {
  const peak = 14 / 24;
  const sine = (x: number) => Math.sin(2 * Math.PI * (x - peak));
  return share + (0.45 * (sine(share) - sine(0))) / (2 * Math.PI);
}
