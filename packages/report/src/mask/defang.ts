import { replaceAddresses } from "./replace-addresses.ts";

/**
 * Writes addresses so that nothing makes a link of them: `203.0.113[.]7`, `2001:db8:[:]7`.
 *
 * Keys and subjects are read back from this by `mutes.yml` and `turnaway trace`.
 */
export function defang(text: string): string {
  return text
    .split(DEFANGED)
    .map((part, index) => (index % 2 === 0 ? replaceAddresses(part, breakLast) : part))
    .join("");
}

// What is left of such an address could be taken for another one.
const DEFANGED = /([0-9a-f:.]*\[[.:]\][0-9a-f:.]*)/i;

function breakLast(address: string): string {
  const last = Math.max(address.lastIndexOf("."), address.lastIndexOf(":"));
  return `${address.slice(0, last)}[${address[last]!}]${address.slice(last + 1)}`;
}
