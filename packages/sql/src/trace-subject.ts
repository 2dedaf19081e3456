import {
  isAddress,
  parseCidr,
  protocolName,
  protocolNumber,
  refang,
  TurnawayError,
} from "@turnaway/core";

/** What a trace is about: one end, or two of them in the order of who asks whom. */
export interface TraceSubject {
  /** As understood, in one canonical spelling. */
  readonly text: string;
  readonly from: TraceEnd | null;
  /** The only end of a subject that names one. */
  readonly to: TraceEnd;
  /** Port of `to`. */
  readonly port: number | null;
  readonly protocol: number | null;
}

/** An address, or a range with its prefix. */
export interface TraceEnd {
  readonly text: string;
  readonly isRange: boolean;
}

/**
 * Parses `10.0.3.7`, `10.0.16.0/20`, `10.0.9.20:5432`, `10.0.3.7->10.0.9.20:5432`.
 *
 * Either end may be a range or IPv6; with a port that is `[2001:db8::1]:443`. A protocol
 * may follow the port: `10.0.9.20:53/udp`. Defanged, as an issue may show it, is understood, too.
 *
 * @throws TurnawayError USAGE that says which part is wrong.
 */
export function parseTraceSubject(text: string): TraceSubject {
  const ends = refang(text)
    .trim()
    .split(/\s*(?:->|→)\s*/);
  if (ends.length > 2) throw wrongSubject(text, `"->" stands in it ${ends.length - 1} times`);
  if (ends.includes(""))
    throw wrongSubject(text, ends.length === 1 ? "it is empty" : 'one side of "->" is empty');
  const to = parseEnd(text, ends.at(-1)!);
  const from = ends.length === 2 ? parseEnd(text, ends[0]!) : null;
  if (from !== null && from.port !== null) {
    throw wrongSubject(text, `"${ends[0]}" has a port, but the port of who asks changes each time`);
  }
  const port = to.port === null ? "" : `:${to.port}`;
  const protocol = to.protocol === null ? "" : `/${protocolName(to.protocol)}`;
  const server = port !== "" && to.end.text.includes(":") ? `[${to.end.text}]` : to.end.text;
  return {
    text: `${from === null ? "" : `${from.end.text}->`}${server}${port}${protocol}`,
    from: from?.end ?? null,
    to: to.end,
    port: to.port,
    protocol: to.protocol,
  };
}

interface ParsedEnd {
  readonly end: TraceEnd;
  readonly port: number | null;
  readonly protocol: number | null;
}

function parseEnd(subject: string, part: string): ParsedEnd {
  const { address, port, protocol } = splitPort(part);
  return {
    end: parseAddress(subject, address),
    port: port === undefined ? null : parsePort(subject, port),
    protocol: protocol === undefined ? null : parseProtocol(subject, protocol),
  };
}

// In brackets, or with one colon at most: more of them are IPv6 without a port.
function splitPort(part: string): { address: string; port?: string; protocol?: string } {
  const match =
    /^\[([^\]]*)\](?::([^/]*)(?:\/(.*))?)?$/.exec(part) ??
    /^([^:]*)(?::([^:/]*)(?:\/([^:]*))?)?$/.exec(part);
  if (match === null) return { address: part };
  const [, address, port, protocol] = match;
  return {
    address: address!,
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function parseAddress(subject: string, text: string): TraceEnd {
  const cidr = text.includes("/") || isAddress(text) ? parseCidr(text) : undefined;
  if (cidr === undefined)
    throw wrongSubject(subject, `"${text}" is neither an address nor a range`);
  const [address, prefix] = cidr.text.split("/");
  const isRange = text.includes("/") && Number(prefix) < (address!.includes(":") ? 128 : 32);
  return { text: isRange ? cidr.text : address!, isRange };
}

function parsePort(subject: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw wrongSubject(subject, `"${text}" is not a port from 0 to 65535`);
}

function parseProtocol(subject: string, text: string): number {
  const protocol = protocolNumber(text);
  if (protocol !== undefined) return protocol;
  throw wrongSubject(subject, `"${text}" is not a protocol`);
}

function wrongSubject(subject: string, why: string): TurnawayError {
  return new TurnawayError("USAGE", {
    what: "can't trace that",
    where: `trace ${subject}`,
    why,
    fix: "write an address, a range, IP:PORT or IP->IP:PORT, such as '10.0.3.7->10.0.9.20:5432'",
  });
}
