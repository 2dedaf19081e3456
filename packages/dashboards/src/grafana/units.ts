import type { FieldFormat } from "../visuals/field-format.ts";
import type { FieldDefaults } from "./grafana-model.ts";

/** Unit and decimals of Grafana for a format of QuickSight. */
export function unitOf(format: FieldFormat | null): Pick<FieldDefaults, "unit" | "decimals"> {
  if (format === null) return {};
  if (format.type === "date") return { unit: `time:${format.pattern}` };
  const decimals = format.decimals === null ? {} : { decimals: format.decimals };
  if (format.type === "percent") return { unit: "percentunit", ...decimals };
  if (format.type === "currency") return { unit: "currencyUSD", ...decimals };
  // Grafana knows for itself how many digits 1.2 K and 3.4 MB have.
  if (format.scale === "auto") return { unit: format.suffix === " bytes" ? "decbytes" : "short" };
  return { unit: format.isGrouped ? "locale" : "none", ...decimals };
}
