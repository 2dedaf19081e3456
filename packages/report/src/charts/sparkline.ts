import type { Count } from "@turnaway/core";

/**
 * One character a value: `▁▂▇█`, from none to the largest. `·` is a day that no
 * log covers, which is not the same as a day with none.
 */
export function sparkline(values: readonly (Count | null)[]): string {
  const most = Math.max(0, ...values.map(Number));
  return values
    .map((value) => {
      if (value === null) return "·";
      if (Number(value) === 0) return BLOCKS[0];
      // One refusal among a million still shows.
      return BLOCKS[Math.max(1, Math.round((Number(value) / most) * (BLOCKS.length - 1)))];
    })
    .join("");
}

const BLOCKS = "▁▂▃▄▅▆▇█";
