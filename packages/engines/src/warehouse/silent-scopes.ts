import type { RawScope } from "@turnaway/sql";

import type { DayFiles } from "./day-files.ts";

/** An account or a region of the configuration that delivered nothing on a day on which others did. */
export interface SilentScope {
  /** UTC day. */
  readonly day: string;
  readonly kind: "account" | "region";
  readonly name: string;
}

/**
 * Who is silent on which day. Not every account has a flow log in every region, so a pair that
 * is missing says nothing; an account without a file in any region does. A flow log writes also
 * when there is no traffic, so silence means that it is gone, or may not write.
 */
export function findSilentScopes(
  days: readonly DayFiles[],
  { accounts, regions }: RawScope,
): readonly SilentScope[] {
  return days.flatMap(({ day, own }): SilentScope[] => {
    if (own.length === 0) return [];
    const heard = new Set(own.flatMap(({ account, region }) => [account, region]));
    const silent = (kind: SilentScope["kind"], names: readonly string[]): SilentScope[] =>
      names.filter((name) => !heard.has(name)).map((name) => ({ day, kind, name }));
    return [...silent("account", accounts), ...silent("region", regions)];
  });
}
