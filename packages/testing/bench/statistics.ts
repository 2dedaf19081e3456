/** Where the values of several rounds lie. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @throws RangeError of no values: there is no middle of nothing. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}

/** Each value over the one at its place: rounds are compared with themselves only. */
export function ratios(values: readonly number[], of: readonly number[]): readonly number[] {
  if (values.length !== of.length) throw new RangeError("not as many values as to compare with");
  return values.map((value, i) => value / of[i]!);
}
