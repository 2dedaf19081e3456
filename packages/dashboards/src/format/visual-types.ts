import type { Role } from "./field-forms.ts";
import { fields, headings, itemsLimit, sorting } from "./field-lenses.ts";
import type { Lens } from "./lens.ts";
import { onClick } from "./on-click.ts";
import { plain, word } from "./plain-lenses.ts";

/** A kind of visual: its member of the API's union, and the short ways to write its parts. */
export interface VisualType {
  /** The word in the file, `bar-chart`. */
  readonly name: string;
  /** The member of the union, `BarChartVisual`. */
  readonly member: string;
  readonly lenses: readonly Lens[];
}

const D = "dimension";
const M = "measure";

/** Every member of the union `Visual`, with the wells that have a short form. */
export const VISUAL_TYPES: readonly VisualType[] = [
  type("table", "TableVisual", [
    ...wells("TableAggregatedFieldWells", { "group-by": ["GroupBy", D], values: ["Values", M] }),
    ...wells("TableUnaggregatedFieldWells", { columns: ["Values", "column"] }),
    sorting("sort", ...chart("SortConfiguration", "RowSort")),
    headings("headings", ...chart("FieldOptions", "SelectedFieldOptions")),
  ]),
  type("pivot-table", "PivotTableVisual", [
    ...wells("PivotTableAggregatedFieldWells", {
      rows: ["Rows", D],
      columns: ["Columns", D],
      values: ["Values", M],
    }),
    headings("headings", ...chart("FieldOptions", "SelectedFieldOptions")),
  ]),
  type("bar-chart", "BarChartVisual", [
    ...wells("BarChartAggregatedFieldWells", {
      category: ["Category", D],
      values: ["Values", M],
      colors: ["Colors", D],
      "small-multiples": ["SmallMultiples", D],
    }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
    itemsLimit("color-limit", ...chart("SortConfiguration", "ColorItemsLimit")),
    word("orientation", ...chart("Orientation")),
    word("arrangement", ...chart("BarsArrangement")),
  ]),
  type("kpi", "KPIVisual", [
    ...wells(null, {
      values: ["Values", M],
      targets: ["TargetValues", M],
      trend: ["TrendGroups", D],
    }),
    sorting("sort", ...chart("SortConfiguration", "TrendGroupSort")),
  ]),
  type("pie-chart", "PieChartVisual", [
    ...wells("PieChartAggregatedFieldWells", {
      category: ["Category", D],
      values: ["Values", M],
      "small-multiples": ["SmallMultiples", D],
    }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
    word("hole", ...chart("DonutOptions", "ArcOptions", "ArcThickness")),
  ]),
  type("gauge-chart", "GaugeChartVisual", [
    ...wells(null, { values: ["Values", M], targets: ["TargetValues", M] }),
  ]),
  type("line-chart", "LineChartVisual", [
    ...wells("LineChartAggregatedFieldWells", {
      category: ["Category", D],
      values: ["Values", M],
      colors: ["Colors", D],
      "small-multiples": ["SmallMultiples", D],
    }),
    ...ordered("CategorySort", "CategoryItemsLimitConfiguration"),
    itemsLimit("color-limit", ...chart("SortConfiguration", "ColorItemsLimitConfiguration")),
    word("line", ...chart("Type")),
  ]),
  type("heat-map", "HeatMapVisual", [
    ...wells("HeatMapAggregatedFieldWells", {
      rows: ["Rows", D],
      columns: ["Columns", D],
      values: ["Values", M],
    }),
    sorting("sort-rows", ...chart("SortConfiguration", "HeatMapRowSort")),
    sorting("sort-columns", ...chart("SortConfiguration", "HeatMapColumnSort")),
    itemsLimit("limit-rows", ...chart("SortConfiguration", "HeatMapRowItemsLimitConfiguration")),
    itemsLimit(
      "limit-columns",
      ...chart("SortConfiguration", "HeatMapColumnItemsLimitConfiguration"),
    ),
  ]),
  type("tree-map", "TreeMapVisual", [
    ...wells("TreeMapAggregatedFieldWells", {
      groups: ["Groups", D],
      sizes: ["Sizes", M],
      colors: ["Colors", M],
    }),
    ...ordered("TreeMapSort", "TreeMapGroupItemsLimitConfiguration"),
  ]),
  type("geospatial-map", "GeospatialMapVisual", [
    ...wells("GeospatialMapAggregatedFieldWells", {
      places: ["Geospatial", D],
      values: ["Values", M],
      colors: ["Colors", D],
    }),
  ]),
  type("filled-map", "FilledMapVisual", [
    ...wells("FilledMapAggregatedFieldWells", { places: ["Geospatial", D], values: ["Values", M] }),
  ]),
  type("layer-map", "LayerMapVisual", []),
  type("funnel-chart", "FunnelChartVisual", [
    ...wells("FunnelChartAggregatedFieldWells", {
      category: ["Category", D],
      values: ["Values", M],
    }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
  ]),
  type("scatter-plot", "ScatterPlotVisual", [
    ...wells("ScatterPlotCategoricallyAggregatedFieldWells", {
      x: ["XAxis", M],
      y: ["YAxis", M],
      category: ["Category", D],
      size: ["Size", M],
      label: ["Label", D],
    }),
  ]),
  type("combo-chart", "ComboChartVisual", [
    ...wells("ComboChartAggregatedFieldWells", {
      category: ["Category", D],
      bars: ["BarValues", M],
      lines: ["LineValues", M],
      colors: ["Colors", D],
    }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
    word("arrangement", ...chart("BarsArrangement")),
  ]),
  type("box-plot", "BoxPlotVisual", [
    ...wells("BoxPlotAggregatedFieldWells", { "group-by": ["GroupBy", D], values: ["Values", M] }),
  ]),
  type("waterfall", "WaterfallVisual", [
    ...wells("WaterfallChartAggregatedFieldWells", {
      category: ["Categories", D],
      values: ["Values", M],
      breakdowns: ["Breakdowns", D],
    }),
  ]),
  type("histogram", "HistogramVisual", [
    ...wells("HistogramAggregatedFieldWells", { values: ["Values", M] }),
  ]),
  type("word-cloud", "WordCloudVisual", [
    ...wells("WordCloudAggregatedFieldWells", { "group-by": ["GroupBy", D], size: ["Size", M] }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
  ]),
  type("insight", "InsightVisual", []),
  type("sankey-diagram", "SankeyDiagramVisual", [
    ...wells("SankeyDiagramAggregatedFieldWells", {
      source: ["Source", D],
      destination: ["Destination", D],
      weight: ["Weight", M],
    }),
    sorting("sort", ...chart("SortConfiguration", "WeightSort")),
    itemsLimit("source-limit", ...chart("SortConfiguration", "SourceItemsLimit")),
    itemsLimit("destination-limit", ...chart("SortConfiguration", "DestinationItemsLimit")),
  ]),
  type("custom-content", "CustomContentVisual", []),
  type("empty", "EmptyVisual", []),
  type("radar-chart", "RadarChartVisual", [
    ...wells("RadarChartAggregatedFieldWells", {
      category: ["Category", D],
      values: ["Values", M],
      colors: ["Color", D],
    }),
    ...ordered("CategorySort", "CategoryItemsLimit"),
  ]),
  type("plugin", "PluginVisual", []),
];

/** The short forms that every kind of visual has. */
function type(name: string, member: string, lenses: readonly Lens[]): VisualType {
  const common = [
    plain("title", "Title", "FormatText", "PlainText"),
    plain("rich-title", "Title", "FormatText", "RichText"),
    plain("subtitle", "Subtitle", "FormatText", "PlainText"),
    plain("description", "VisualContentAltText"),
  ];
  const shown = [
    onClick(),
    word("legend", ...chart("Legend", "Visibility")),
    word("data-labels", ...chart("DataLabels", "Visibility")),
  ];
  return { name, member, lenses: [...common, ...lenses, ...shown] };
}

function wells(
  variant: string | null,
  wells: Readonly<Record<string, readonly [string, Role]>>,
): Lens[] {
  const base = chart("FieldWells", ...(variant === null ? [] : [variant]));
  return Object.entries(wells).map(([key, [well, role]]) => fields(key, role, ...base, well));
}

function ordered(sort: string, limit: string): Lens[] {
  return [
    sorting("sort", ...chart("SortConfiguration", sort)),
    itemsLimit("limit", ...chart("SortConfiguration", limit)),
  ];
}

function chart(...path: readonly string[]): readonly string[] {
  return ["ChartConfiguration", ...path];
}
