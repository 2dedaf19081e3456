import { type Check, ok, warn } from "../checks.ts";
import { addDays } from "../window.ts";
import { EXPIRY_NOTICE_DAYS, type Mute } from "./mutes.ts";

/** Longer than anybody remembers why. */
const LONGEST_DAYS = 366;

/**
 * What the authors of a valid `mutes.yml` should know: which mutes have ended, end within the
 * week, last for years, or say what another one says.
 *
 * @param today YYYY-MM-DD
 */
export function checkMutes(mutes: readonly Mute[], today: string): Check[] {
  const inForce = mutes.filter(({ until }) => until >= today);
  const expired = mutes.filter(({ until }) => until < today);
  const soon = inForce.filter(({ until }) => until <= addDays(today, EXPIRY_NOTICE_DAYS));
  const long = inForce.filter(({ until }) => until > addDays(today, LONGEST_DAYS));
  const doubled = repeated(mutes);
  const worries = [
    ...about(
      expired,
      `of ${mutes.length} have expired`,
      "renew or remove them: what they hid is reported again",
    ),
    ...about(soon, "end within a week", "renew them, or what they hide is reported again"),
    ...about(long, "last longer than a year", "give them an end at which somebody looks again"),
    ...about(
      doubled,
      "match what another one matches",
      "keep the one that ends last: it is the one that counts",
    ),
  ];
  return worries.length === 0 ? [ok("MUTES", `${inForce.length} in force`)] : worries;
}

function about(mutes: readonly Mute[], what: string, fix: string): Check[] {
  if (mutes.length === 0) return [];
  const named = mutes.slice(0, NAMED).map(nameOf).join(", ");
  const rest = mutes.length > NAMED ? " and more" : "";
  return [warn("MUTES", `${mutes.length} ${what}: ${named}${rest}`, fix)];
}

const NAMED = 5;

function nameOf({ match, owner, until }: Mute): string {
  return `${match.key ?? Object.values(match).join(" ")} (${owner}, ${until})`;
}

function repeated(mutes: readonly Mute[]): Mute[] {
  const groups = Map.groupBy(mutes, ({ match }) =>
    JSON.stringify(Object.entries(match).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
  return [...groups.values()].flatMap((group) =>
    group.toSorted((a, b) => (a.until < b.until ? 1 : -1)).slice(1),
  );
}
