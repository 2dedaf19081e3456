import type { Granularity } from "@turnaway/sql";

/** What a person sets a filter to. */
export type FilterChoice =
  /** Of a list: null is rows without a value, an empty list is everything. */
  | { readonly values: readonly (string | null)[] }
  /** The last so many periods, the one of now among them. */
  | { readonly last: number; readonly unit: Granularity }
  /** A half-open span of time, in Unix seconds; null is open. */
  | { readonly from: number | null; readonly to: number | null };

/** Who looks at a dashboard, when, and with which filters. */
export interface VisualAsk {
  /** By the id of the filter; what is absent is as the definition has it. */
  readonly filters?: Readonly<Record<string, FilterChoice>>;
  /** Unix seconds. */
  readonly now: number;
  /** Whose day it is; absent: UTC. The times in data sets are those of UTC in any case. */
  readonly timezone?: string;
}
