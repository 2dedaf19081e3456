import type { Sighting } from "./sightings.ts";

/**
 * The two halves of a transfer that was seen whole as well.
 *
 * What goes to the internet through a NAT gateway is logged from client to server,
 * from client to gateway and from gateway to server. A format without `pkt-srcaddr`
 * can't tell the halves from transfers of their own, but their bytes can: where A to C,
 * A to B and B to C moved the same on the same port in the same period, it was once.
 */
export function relayedLegs(sightings: readonly Sighting[]): ReadonlySet<Sighting> {
  const transfers = sightings.filter((s) => s.detection === "large-transfer");
  const groups = Map.groupBy(transfers, (s) => `${s.period} ${s.protocol} ${s.service_port}`);
  return new Set([...groups.values()].flatMap(legsOf));
}

function legsOf(group: readonly Sighting[]): Sighting[] {
  const byEnds = new Map(group.map((s) => [`${s.client} ${s.server}`, s]));
  const byClient = Map.groupBy(group, (s) => s.client);
  return group.flatMap((whole) =>
    byClient.get(whole.client)!.flatMap((first) => {
      const second = byEnds.get(`${first.server} ${whole.server}`);
      if (first === whole || second === undefined || second === whole) return [];
      return alike(first, whole) && alike(second, whole) ? [first, second] : [];
    }),
  );
}

// Windows begin at other seconds on every interface, so the sums of a day differ a little.
function alike(leg: Sighting, whole: Sighting): boolean {
  const difference = BigInt(leg.bytes) - BigInt(whole.bytes);
  return (difference < 0n ? -difference : difference) * 10n <= BigInt(whole.bytes);
}
