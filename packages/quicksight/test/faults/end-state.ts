import { type QuickSightStore, siteOf } from "@turnaway/testing/quicksight-server";

/**
 * What a store comes to when all that was begun is done, with versions counted among those that
 * succeeded: a run in which one failed has higher numbers, in the tags too, and is the same to
 * everybody who looks.
 */
export function endState(store: QuickSightStore): object {
  for (const work of store.works()) work.looksLeft = 0;
  const { dashboards, analyses, ...site } = siteOf(store);
  return {
    ...site,
    // Of the hashes in a tag the first is what is there; the rest says what else was ours.
    analyses: analyses.map(({ tags, ...analysis }) => ({
      ...analysis,
      tags: { ...tags, "turnaway:content": tags["turnaway:content"]?.split(" ")[0] },
    })),
    dashboards: dashboards.map(({ tags, versions, ...dashboard }) => {
      const rank = new Map(versions.map(({ number }, index) => [String(number), `#${index + 1}`]));
      return {
        ...dashboard,
        tags: Object.fromEntries(
          Object.entries(tags).map(([key, value]) => [
            key,
            COUNTS.has(key) ? ranked(value, rank) : value,
          ]),
        ),
        versions: versions.map(({ number, description, ...version }) => ({
          ...version,
          description: description?.replace(/ after=\d+/, ""),
          number: rank.get(String(number)),
        })),
      };
    }),
  };
}

// Tags whose values are numbers of versions.
const COUNTS = new Set(["turnaway:published", "turnaway:held", "turnaway:rollback"]);

// The first version is noted before it is known to succeed; nobody goes back to one that failed.
function ranked(numbers: string, rank: ReadonlyMap<string, string>): string {
  return numbers.replaceAll(/\d+ ?/g, (number) => {
    const known = rank.get(number.trim());
    return known === undefined ? "" : number.replace(/\d+/, known);
  });
}
