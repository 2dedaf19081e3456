import ipaddr from "ipaddr.js";

/**
 * Ranges that are inside: private, shared, link-local and loopback IPv4,
 * IPv6 unique local and link-local. Sources: RFC 1918, 6598, 3927, 4193, 4291.
 */
export const LOCAL_RANGES = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
] as const;

/** An address range: real prefix arithmetic, both families. */
export interface Cidr {
  readonly text: string;
  contains(address: string): boolean;
}

/** Parses `10.0.0.0/8`, `2001:db8::/32` or a single address; undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const single = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(single)) return undefined;
  const range = ipaddr.parseCIDR(single);
  return {
    text: `${range[0].toString()}/${range[1]}`,
    contains(address) {
      const parsed = parseAddress(address);
      return parsed !== undefined && parsed.kind() === range[0].kind() && parsed.match(range);
    },
  };
}

/** Whether the address, where there is one, lies in the range. */
export function isWithin(address: string | null, range: string): boolean {
  return address !== null && parseCidr(range)?.contains(address) === true;
}

/** Whether the text is an IPv4 or IPv6 address in full notation (no octal, no short forms). */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/**
 * One text for each address, however it was written; undefined for what is none.
 *
 * An IPv4 address within an IPv6 one (mapped, RFC 4291, or translated, RFC 6052) is that IPv4 address.
 */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  if (address instanceof ipaddr.IPv6 && address.match(TRANSLATED)) {
    return new ipaddr.IPv4(address.toByteArray().slice(12)).toString();
  }
  return address.toString();
}

const TRANSLATED = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(":") || !ipaddr.IPv6.isValid(text)) return undefined;
  const v6 = ipaddr.IPv6.parse(text);
  return v6.isIPv4MappedAddress() ? v6.toIPv4Address() : v6;
}
