import { type Group, isGroup, partAt, textAt } from "../model/tree.ts";

/** How a value is written. */
export type FieldFormat =
  | {
      readonly type: "number" | "percent" | "currency";
      /** Digits behind the point; null is as many as there are. */
      readonly decimals: number | null;
      /** `auto` is 1.2K, 3.4M, by the value. */
      readonly scale: "none" | "auto" | "thousands" | "millions" | "billions" | "trillions";
      readonly prefix: string;
      readonly suffix: string;
      readonly isGrouped: boolean;
    }
  /** In the letters of QuickSight: `YYYY-MM-DD HH:mm`. */
  | { readonly type: "date"; readonly pattern: string };

/** The format of a field of the API, of any member of its union; null where it says none. */
export function fieldFormat(field: Group): FieldFormat | null {
  const whole = field["FormatConfiguration"];
  if (!isGroup(whole)) return null;
  const date = isGroup(whole["DateTimeFormatConfiguration"])
    ? whole["DateTimeFormatConfiguration"]
    : whole;
  if (typeof date["DateTimeFormat"] === "string") {
    return { type: "date", pattern: date["DateTimeFormat"] };
  }
  const numeric =
    whole["NumberFormatConfiguration"] ?? whole["NumericFormatConfiguration"] ?? whole;
  const member = partAt(numeric, ["FormatConfiguration"]) ?? numeric;
  if (!isGroup(member)) return null;
  for (const [name, type] of Object.entries(MEMBERS)) {
    const body = member[name];
    if (isGroup(body)) return numberFormat(type, body);
  }
  return null;
}

const MEMBERS = {
  NumberDisplayFormatConfiguration: "number",
  PercentageDisplayFormatConfiguration: "percent",
  CurrencyDisplayFormatConfiguration: "currency",
} as const;

type NumberFormat = FieldFormat & { readonly type: "number" | "percent" | "currency" };

function numberFormat(type: NumberFormat["type"], body: Group): NumberFormat {
  const decimals = partAt(body, ["DecimalPlacesConfiguration", "DecimalPlaces"]);
  const separator = ["SeparatorConfiguration", "ThousandsSeparator", "Visibility"];
  const symbol = type === "currency" ? currencySign(textAt(body, "Symbol") ?? "USD") : "";
  return {
    type,
    decimals: typeof decimals === "number" ? decimals : null,
    scale: (textAt(body, "NumberScale") ?? "NONE").toLowerCase() as NumberFormat["scale"],
    prefix: `${textAt(body, "Prefix") ?? ""}${symbol}`,
    suffix: textAt(body, "Suffix") ?? "",
    isGrouped: partAt(body, separator) !== "HIDDEN",
  };
}

function currencySign(code: string): string {
  return { USD: "$", EUR: "€", GBP: "£", JPY: "¥" }[code] ?? `${code} `;
}
