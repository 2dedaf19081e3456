import { isWithin } from "../addresses.ts";
import type { ReportConfig } from "./normalize.ts";

/** What is known of one end of a flow; `null` where the log does not say. */
export interface Owned {
  readonly address: string | null;
  readonly vpc: string | null;
  readonly subnet: string | null;
  readonly instance: string | null;
  readonly interface: string | null;
  readonly account: string | null;
  /** Values of the logged tags. */
  readonly tags: readonly string[];
}

/** Whose that end is: the first entry of `report.owners` of which every key matches. */
export function findOwner(owners: ReportConfig["owners"], end: Owned): string | null {
  return owners.find(({ match }) => matches(match, end))?.owner ?? null;
}

type OwnerMatch = ReportConfig["owners"][number]["match"];

function matches(match: OwnerMatch, end: Owned): boolean {
  return (
    (match.cidr === undefined || isWithin(end.address, match.cidr)) &&
    (match.vpc === undefined || match.vpc === end.vpc) &&
    (match.subnet === undefined || match.subnet === end.subnet) &&
    (match.instance === undefined || match.instance === end.instance) &&
    (match.interface === undefined || match.interface === end.interface) &&
    (match.account === undefined || match.account === end.account) &&
    (match.tag === undefined || end.tags.includes(match.tag))
  );
}
