import type { SqlValue } from "@turnaway/core";
import type { FieldFormat } from "@turnaway/dashboards";

export type NumberFormat = Exclude<FieldFormat, { type: "date" }>;

/** A number that a definition says nothing about. */
export const PLAIN_NUMBER: NumberFormat = {
  type: "number",
  decimals: null,
  scale: "none",
  prefix: "",
  suffix: "",
  isGrouped: true,
};

/** Shares of a whole. */
export const PERCENT: NumberFormat = { ...PLAIN_NUMBER, type: "percent", decimals: 0 };

/** A number as text; whole numbers of any size are exact. `–` for none. */
export function numberText(value: SqlValue, format: NumberFormat): string {
  if (value === null) return "–";
  if (typeof value === "bigint" && format.scale === "none" && format.type === "number") {
    return dressed(String(value), "", format);
  }
  const number = toNumber(value);
  if (number === null) return String(value);
  const { text, unit } = scaled(format.type === "percent" ? number * 100 : number, format);
  return dressed(text, unit, format);
}

/** A number as it is drawn: where on an axis, how long a bar. Null for none. */
export function toNumber(value: SqlValue | undefined): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function scaled(number: number, { scale, decimals }: NumberFormat): { text: string; unit: string } {
  if (scale === "none") return { text: digits(number, decimals), unit: "" };
  const step = scale === "auto" ? stepOf(number) : STEPS.indexOf(scale);
  // 7 bytes are not 7.0 bytes.
  const isWhole = step === 0 && Number.isInteger(number);
  return { text: digits(number / 1000 ** step, isWhole ? 0 : decimals), unit: UNITS[step]! };
}

// 999,950 is 1.0M and not 1000.0K.
function stepOf(number: number): number {
  let step = 0;
  while (Math.abs(number) / 1000 ** step >= 999.95 && step < UNITS.length - 1) step++;
  return step;
}

function digits(number: number, decimals: number | null): string {
  const text =
    decimals === null
      ? String(Math.round(number * 100) / 100)
      : number.toFixed(Math.min(decimals, 10));
  return text.includes("e") ? BigInt(Math.round(number)).toString() : text;
}

function dressed(text: string, unit: string, format: NumberFormat): string {
  const isNegative = text.startsWith("-");
  const bare = isNegative ? text.slice(1) : text;
  const [whole, ...rest] = bare.split(".");
  const grouped = format.isGrouped ? whole!.replaceAll(/\B(?=(?:\d{3})+(?!\d))/g, ",") : whole!;
  const percent = format.type === "percent" ? "%" : "";
  const sign = isNegative ? "-" : "";
  const end = isBytes(format) ? ` ${BYTE_UNITS[UNITS.indexOf(unit)]}` : `${unit}${format.suffix}`;
  return `${sign}${format.prefix}${[grouped, ...rest].join(".")}${percent}${end}`;
}

// QuickSight has no scale for bytes, and writes 9.4BB for nine billion of them.
function isBytes({ type, scale, suffix }: NumberFormat): boolean {
  return type === "number" && scale === "auto" && /^ ?(?:B|bytes)$/.test(suffix);
}

const STEPS = ["none", "thousands", "millions", "billions", "trillions"];
const UNITS = ["", "K", "M", "B", "T"];
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"];
