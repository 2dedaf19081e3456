import {
  FLAG,
  PROTOCOL,
  cutIntoWindows,
  type Amount,
  type Conversation,
  type Emit,
  type Span,
} from "./conversation.ts";
import { begunBy, type Link } from "./link.ts";
import { hashOf, Random } from "./random.ts";
import { lateLeg, legsOf } from "./route.ts";

/**
 * Emits what the links say in `span` (five minutes): the conversations that open in
 * it, with all their windows, and the windows of lasting ones that begin in it.
 *
 * A function of the seed, the links and the span alone, so spans can be made in any order.
 */
export function talk(links: readonly Link[], seed: number, { span, emit }: Airtime): void {
  const random = new Random();
  for (const link of links) {
    const first = begunBy(link, span.from);
    const last = begunBy(link, span.until);
    if (last > first) {
      random.restart(seed, link.id, span.from);
      for (let turn = first; turn < last; turn += 1) {
        speak(drawShort(link, { span, turn, random }), link, { random, emit });
      }
    }
    for (let slot = 0; slot < link.lasting; slot += 1) {
      for (const conversation of lastingIn(link, { seed, slot, span })) {
        for (const leg of legsOf(conversation)) cutIntoWindows(leg, span, emit);
      }
    }
  }
}

export interface Airtime {
  readonly span: Span;
  readonly emit: Emit;
}

const ALWAYS: Span = { from: -Infinity, until: Infinity };

function speak(
  conversation: Conversation,
  link: Link,
  { random, emit }: { random: Random; emit: Emit },
): void {
  for (const leg of legsOf(conversation)) cutIntoWindows(leg, ALWAYS, emit);
  const comesLate = link.late > 0 && random.fraction() < link.late;
  if (comesLate && conversation.close % 86_400 < LAST_LATE)
    emitLate(conversation, { random, emit });
}

// A late packet belongs to the conversation before it. One that came after midnight
// would be alone in its day, so the last minutes of a day have none.
const LAST_LATE = 86_400 - 900;

// Connection tracking forgets a closed connection, and what the server still sends
// (an ACK, a FIN, a RST: never a SYN) is refused at the client's interface.
function emitLate(
  conversation: Conversation,
  { random, emit }: { random: Random; emit: Emit },
): void {
  const { host } = conversation.client;
  if (host === null) return;
  const packets = random.between(1, 3);
  const start = conversation.close + random.between(3, 40) + host.skew;
  emit({
    leg: lateLeg(conversation, host),
    packets,
    bytes: packets * 40,
    start,
    end: start + random.between(0, 12),
    flags: random.pick([0, FLAG.fin, FLAG.rst]),
    status: "OK",
  });
}

interface Turn {
  readonly span: Span;
  readonly turn: number;
  readonly random: Random;
}

function drawShort(link: Link, { span, turn, random }: Turn): Conversation {
  const { service, outcome } = link;
  const low = Math.max(span.from, link.from);
  const high = Math.min(span.until, link.until) - 1;
  const open = random.between(low, high);
  const varied = link.vary?.(turn, random) ?? {};
  const client = varied.client ?? link.client;
  const serverPort = varied.serverPort ?? service.port;
  const drawn =
    varied.clientPort ?? service.clientPort ?? ephemeralPort(client.host?.ephemeral, random);
  const refused = outcome !== "accepted" && service.protocol === PROTOCOL.tcp;
  const forward = refused
    ? greeting(service.forward[0] > 1 ? random.between(1, 4) : 1)
    : spread(link, "forward", random);
  const reply = refused ? greeting(random.between(1, 4)) : spread(link, "reply", random);
  const seconds = refused
    ? (forward.packets - 1) * 2
    : Math.round(service.seconds * (0.5 + random.fraction()));
  return {
    client,
    server: varied.server ?? link.server,
    protocol: varied.protocol ?? service.protocol,
    clientPort: drawn === serverPort && service.clientPort === null ? drawn + 1 : drawn,
    serverPort,
    open,
    close: open + seconds,
    forward,
    reply: outcome === "refused-at-server" || outcome === "refused-at-client" ? NOTHING : reply,
    outcome,
    reason: link.reason,
    ending: random.fraction() < 0.06 ? FLAG.rst : FLAG.fin,
    nat: link.nat === null ? null : { host: link.nat, port: random.between(1024, 65_535) },
  };
}

/** How long a lasting connection lives: some hours, other ones for every slot. */
function lifetimeOf(link: Link, slot: number): number {
  return 7_200 + (hashOf(link.id, slot, 0x11fe) % 28_800);
}

// A slot of a pool is always taken: one connection after the other, a minute apart.
// Which one is there at some second is arithmetic, so no day needs the day before.
function* lastingIn(
  link: Link,
  { seed, slot, span }: { seed: number; slot: number; span: Span },
): Generator<Conversation> {
  const lifetime = lifetimeOf(link, slot);
  const offset = hashOf(seed, link.id, slot) % lifetime;
  const last = Math.floor((span.until + offset) / lifetime);
  for (let turn = Math.floor((span.from - 600 + offset) / lifetime); turn <= last; turn += 1) {
    const open = turn * lifetime - offset + 60;
    if (open < span.until)
      yield drawLasting(link, { seed, slot, turn, open, close: open + lifetime - 60 });
  }
}

interface Slot {
  readonly seed: number;
  readonly slot: number;
  readonly turn: number;
  readonly open: number;
  readonly close: number;
}

function drawLasting(link: Link, { seed, slot, turn, open, close }: Slot): Conversation {
  const random = new Random().restart(seed, hashOf(link.id, slot), turn);
  const { service } = link;
  const perSecond = 0.4 + random.fraction() * 0.2;
  const lasting = ([packets, size]: readonly [number, number]): Amount => ({
    packets: Math.round(((close - open) * perSecond * packets) / service.forward[0]),
    size,
  });
  return {
    client: link.client,
    server: link.server,
    protocol: service.protocol,
    clientPort: ephemeralPort(link.client.host?.ephemeral, random),
    serverPort: service.port,
    open,
    close,
    forward: lasting(service.forward),
    reply: lasting(service.reply),
    outcome: "accepted",
    reason: "-",
    ending: FLAG.fin,
    nat: null,
  };
}

const NOTHING: Amount = { packets: 0, size: 0 };

function greeting(packets: number): Amount {
  return { packets, size: 60 };
}

// A fifth more or less than the mean: a day's sum stays near its usual value.
function spread(link: Link, direction: "forward" | "reply", random: Random): Amount {
  const [packets, size] = link.service[direction];
  if (packets === 0) return NOTHING;
  const factor = 0.8 + 0.4 * random.fraction();
  const scaled = direction === "forward" ? packets * link.volume : packets * Math.sqrt(link.volume);
  return { packets: Math.max(1, Math.round(scaled * factor)), size };
}

function ephemeralPort(range: readonly [number, number] | undefined, random: Random): number {
  return random.between(...(range ?? ANY_UNPRIVILEGED));
}

const ANY_UNPRIVILEGED = [1024, 65_535] as const;
