import type { Group } from "../model/tree.ts";

/** Number formats by the name that files use. */
export const FORMATS: Readonly<Record<string, Group>> = {
  integer: { NumberDisplayFormatConfiguration: { ...decimals(0), ...thousands() } },
  decimal: { NumberDisplayFormatConfiguration: { ...decimals(2), ...thousands() } },
  /** 1.2K, 3.4M: the scale follows from the value. */
  short: { NumberDisplayFormatConfiguration: { ...decimals(1), NumberScale: "AUTO" } },
  /** Bytes have no scale of their own in QuickSight, where 9.4B is billions: `9.4B bytes`. */
  bytes: {
    NumberDisplayFormatConfiguration: { ...decimals(1), NumberScale: "AUTO", Suffix: " bytes" },
  },
  percent: { PercentageDisplayFormatConfiguration: decimals(1) },
  dollars: { CurrencyDisplayFormatConfiguration: { ...decimals(2), Symbol: "USD" } },
  /** A port or an id: a number that is a name. */
  plain: {
    NumberDisplayFormatConfiguration: {
      ...decimals(0),
      SeparatorConfiguration: { ThousandsSeparator: { Visibility: "HIDDEN" } },
    },
  },
};

function decimals(DecimalPlaces: number): Group {
  return { DecimalPlacesConfiguration: { DecimalPlaces } };
}

function thousands(): Group {
  return {
    SeparatorConfiguration: { ThousandsSeparator: { Symbol: "COMMA", Visibility: "VISIBLE" } },
  };
}
