import type * as echarts from "echarts";

import type { Palette } from "../style/palette.ts";
import type { ColorOf } from "../style/value-colors.ts";

/** What a chart is drawn with. */
export interface Canvas {
  /** What ids in the drawing begin with; unique in its document. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly colorOf: ColorOf;
  readonly fontFamily: string;
  /** How much wider than that of the pictures the font may be: a page has the reader's. */
  readonly fontStretch: number;
}

export type ChartOption = Parameters<ReturnType<typeof echarts.init>["setOption"]>[0];

/** A name that goes with a colour; `detail` is a value beside it. */
export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly detail?: string;
}

/** Size of labels in pixels. */
export const FONT_SIZE = 12;

export function textStyle({ palette, fontFamily }: Canvas) {
  return { color: palette.soft, fontFamily, fontSize: FONT_SIZE };
}
