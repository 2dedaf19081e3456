import { eachGroup, type Group, isGroup, partAt, textAt } from "../model/tree.ts";
import type { VisualOptions } from "./visual-plan.ts";

/** What a visual says of how it is drawn, its conditional colours aside. */
export function visualOptions(type: string, body: Group): Omit<VisualOptions, "conditionalColors"> {
  const chart = body["ChartConfiguration"];
  const headings = headingsOf(chart);
  return {
    orientation: type === "bar-chart" ? oneOf(ORIENTATIONS, word(chart, "Orientation")) : null,
    arrangement: BARS.has(type) ? oneOf(ARRANGEMENTS, word(chart, "BarsArrangement")) : null,
    hole:
      type === "pie-chart"
        ? oneOf(HOLES, word(chart, "DonutOptions", "ArcOptions", "ArcThickness"))
        : null,
    line: type === "line-chart" ? oneOf(LINES, word(chart, "Type")) : null,
    legend: partAt(chart, ["Legend", "Visibility"]) !== "HIDDEN",
    dataLabels: partAt(chart, ["DataLabels", "Visibility"]) === "VISIBLE",
    hidden: headings
      .filter(({ Visibility }) => Visibility === "HIDDEN")
      .map(({ FieldId }) => String(FieldId)),
    widths: Object.fromEntries(
      headings.flatMap(({ FieldId, Width }) => {
        const pixels = typeof Width === "string" ? Number.parseFloat(Width) : Number.NaN;
        return Number.isFinite(pixels) ? [[String(FieldId), pixels]] : [];
      }),
    ),
  };
}

/** What headings and axes call a field, by its id. */
export function fieldLabels(body: Group): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  eachGroup(body["ChartConfiguration"], ({ CustomLabel, FieldId, ApplyTo }) => {
    const id = FieldId ?? partAt(ApplyTo, ["FieldId"]);
    if (typeof CustomLabel === "string" && typeof id === "string") labels[id] = CustomLabel;
  });
  return labels;
}

// The first is what QuickSight draws where nothing is said.
const ORIENTATIONS = ["horizontal", "vertical"] as const;
const ARRANGEMENTS = ["clustered", "stacked", "stacked-percent"] as const;
const HOLES = ["whole", "small", "medium", "large"] as const;
const LINES = ["line", "area", "stacked-area"] as const;

const BARS: ReadonlySet<string> = new Set(["bar-chart", "combo-chart"]);

function headingsOf(chart: unknown): readonly Group[] {
  const options = partAt(chart, ["FieldOptions", "SelectedFieldOptions"]);
  return Array.isArray(options) ? options.filter(isGroup) : [];
}

function word(chart: unknown, ...path: readonly string[]): string | undefined {
  return textAt(chart, ...path)
    ?.toLowerCase()
    .replaceAll("_", "-");
}

// A word of a pulled definition that nobody knows yet is drawn as the usual one.
function oneOf<T extends string>(words: readonly T[], written: string | undefined): T {
  return words.find((word) => word === written) ?? words[0]!;
}
