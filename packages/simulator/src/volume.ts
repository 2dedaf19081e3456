import type { Plan } from "./baseline.ts";
import type { Link } from "./link.ts";
import type { Host } from "./network.ts";

/**
 * Turns shares into conversations a day, so that a day has about `records` records.
 *
 * More records means more conversations between the same hosts. No link gets less
 * than one conversation a day, however small the day: what talks, talks every day.
 */
export function fitVolume(
  plans: { baseline: readonly Plan[]; noise: readonly Plan[] },
  budget: Budget,
): Link[] {
  const idle = budget.idle.reduce((sum, host) => sum + 86_400 / host.window, 0);
  const noise = fit(plans.noise, budget.records * NOISE_PART);
  const lasting = keepOpen(plans.baseline, budget.records * LASTING_PART);
  const rest = budget.records - idle - costOf(noise) - lasting.cost;
  return [...fit(lasting.plans, rest), ...noise];
}

export interface Budget {
  readonly records: number;
  /** Hosts that write nothing but NODATA. */
  readonly idle: readonly Host[];
}

/** Part of the records that scanners make, and that lasting connections make. */
const NOISE_PART = 0.08;
const LASTING_PART = 0.15;

/** No link keeps more connections open than a usual pool. */
const POOL_SIZE = 8;

function fit(plans: readonly Plan[], records: number): Link[] {
  const at = (scale: number) =>
    plans.map(({ link, share }) => ({ ...link, perDay: wholeRate(scale * share, link.id) }));
  let low = 0;
  let high = records;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (costOf(at(middle)) > records) high = middle;
    else low = middle;
  }
  return at(low);
}

// A whole number, so that every day has the same; some links round up and some down,
// so that small days come out right as well.
function wholeRate(rate: number, id: number): number {
  return Math.max(1, Math.floor(rate + ((id * 0.618_033_988_75) % 1)));
}

function costOf(links: readonly Link[]): number {
  return links.reduce((sum, link) => sum + link.perDay * recordsPerConversation(link), 0);
}

// Pools are filled one connection at a time, round and round, while the budget lasts.
function keepOpen(plans: readonly Plan[], records: number): { plans: Plan[]; cost: number } {
  const result = plans.map((plan) => ({ ...plan, link: { ...plan.link } }));
  const pooled = result.filter(({ link }) => link.service.pooled);
  let cost = 0;
  for (let round = 1; round <= POOL_SIZE; round += 1) {
    for (const plan of pooled) {
      const more = viewsOf(plan.link).reduce((sum, { window }) => sum + (2 * 86_400) / window, 0);
      if (cost + more > records) continue;
      cost += more;
      Object.assign(plan, { link: { ...plan.link, lasting: round } });
    }
  }
  return { plans: result, cost };
}

function recordsPerConversation(link: Link): number {
  const directions = link.outcome === "accepted" && link.service.reply[0] > 0 ? 2 : 1;
  const { seconds } = link.service;
  return viewsOf(link).reduce((sum, { window }) => sum + directions * (1 + seconds / window), 0);
}

/** Every interface that logs the link; the NAT gateway logs both of its sides. */
function viewsOf({ client, server, nat }: Link): Host[] {
  return [client.host, server.host, nat, nat].filter((host) => host !== null);
}
