import type { Count } from "@turnaway/core";

/** All digits, in groups: `12,345,678`. */
export function countText(count: Count): string {
  const digits = String(count);
  return digits.length <= 3 ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 record`, `2 records`; `entries` for what does not just take an s. */
export function counted(count: Count, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${Number(count) === 1 ? noun : plural}`;
}

/** Bytes in decimal units, as AWS bills them: `270.5 KB`. */
export function bytesText(bytes: Count): string {
  if (Number(bytes) < 1000) return counted(bytes, "byte");
  let size = Number(bytes);
  let unit = 0;
  // 999,950 and more would round to "1000.0" of the smaller unit.
  while (size >= 999.95 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toFixed(1)} ${UNITS[unit]}`;
}

/** Dollars as a person reads them: `$1,204.50`, `< $0.01`, `no cost`. */
export function dollarsText(usd: number): string {
  if (usd === 0) return "no cost";
  if (usd < 0.01) return "< $0.01";
  const [whole, cents] = usd.toFixed(2).split(".");
  return `$${countText(BigInt(whole!))}.${cents}`;
}

/** A number for a chart axis or a tile: `1.2M`. Not exact. */
export function roundedCount(count: Count): string {
  const size = Number(count);
  if (size < 1000) return countText(Math.round(size));
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(
    size,
  );
}

/** `lastAccept` to `last accept`. */
export function wordsOf(camelCase: string): string {
  return camelCase.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const UNITS = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
