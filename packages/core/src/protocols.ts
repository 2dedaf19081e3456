/** IANA protocol numbers by the names that people use. Source: iana.org/assignments/protocol-numbers. */
const NAMES: Readonly<Record<number, string>> = {
  1: "icmp",
  2: "igmp",
  4: "ipv4",
  6: "tcp",
  17: "udp",
  41: "ipv6",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "icmpv6",
  89: "ospf",
  112: "vrrp",
  132: "sctp",
};

/** `tcp` for 6; the number as text where there is no common name. */
export function protocolName(protocol: number): string {
  return NAMES[protocol] ?? String(protocol);
}

/** 6 for `tcp` or `6`; undefined for what is neither a name nor 0 to 255. */
export function protocolNumber(text: string): number | undefined {
  const named = Object.entries(NAMES).find(([, name]) => name === text.toLowerCase());
  if (named !== undefined) return Number(named[0]);
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}
