import type { FieldRole } from "./visual-plan.ts";

/** Where the fields of a kind of visual stand in the API, and what orders and limits its items. */
export interface VisualWells {
  /** Path of the group of wells below `ChartConfiguration.FieldWells`, and the wells in it. */
  readonly variants: readonly (readonly [path: readonly string[], wells: Wells])[];
  /** By the role of a dimension: members of `SortConfiguration` that say order and limit. */
  readonly items?: Readonly<Partial<Record<FieldRole, ItemMembers>>>;
}

type Wells = Readonly<Record<string, FieldRole>>;

interface ItemMembers {
  readonly sort?: string;
  readonly limit?: string;
}

/** The kinds of visuals whose data is computed here, by their word in the files. */
export const VISUAL_WELLS: Readonly<Record<string, VisualWells>> = {
  table: {
    variants: [
      [["TableAggregatedFieldWells"], { GroupBy: "group", Values: "value" }],
      [["TableUnaggregatedFieldWells"], { Values: "column" }],
    ],
  },
  "pivot-table": {
    variants: [
      [["PivotTableAggregatedFieldWells"], { Rows: "row", Columns: "column", Values: "value" }],
    ],
  },
  "bar-chart": {
    variants: [
      [
        ["BarChartAggregatedFieldWells"],
        {
          Category: "category",
          Values: "value",
          Colors: "color",
          SmallMultiples: "small-multiple",
        },
      ],
    ],
    items: {
      category: { sort: "CategorySort", limit: "CategoryItemsLimit" },
      color: { sort: "ColorSort", limit: "ColorItemsLimit" },
      "small-multiple": { sort: "SmallMultiplesSort", limit: "SmallMultiplesLimitConfiguration" },
    },
  },
  kpi: {
    variants: [[[], { Values: "value", TargetValues: "target", TrendGroups: "trend" }]],
  },
  "gauge-chart": { variants: [[[], { Values: "value", TargetValues: "target" }]] },
  "pie-chart": {
    variants: [
      [
        ["PieChartAggregatedFieldWells"],
        { Category: "category", Values: "value", SmallMultiples: "small-multiple" },
      ],
    ],
    items: {
      category: { sort: "CategorySort", limit: "CategoryItemsLimit" },
      "small-multiple": { sort: "SmallMultiplesSort", limit: "SmallMultiplesLimitConfiguration" },
    },
  },
  "line-chart": {
    variants: [
      [
        ["LineChartAggregatedFieldWells"],
        {
          Category: "category",
          Values: "value",
          Colors: "color",
          SmallMultiples: "small-multiple",
        },
      ],
    ],
    items: {
      category: { sort: "CategorySort", limit: "CategoryItemsLimitConfiguration" },
      color: { limit: "ColorItemsLimitConfiguration" },
      "small-multiple": { sort: "SmallMultiplesSort", limit: "SmallMultiplesLimitConfiguration" },
    },
  },
  "heat-map": {
    variants: [
      [["HeatMapAggregatedFieldWells"], { Rows: "row", Columns: "column", Values: "value" }],
    ],
    items: {
      row: { sort: "HeatMapRowSort", limit: "HeatMapRowItemsLimitConfiguration" },
      column: { sort: "HeatMapColumnSort", limit: "HeatMapColumnItemsLimitConfiguration" },
    },
  },
  "tree-map": {
    variants: [
      [["TreeMapAggregatedFieldWells"], { Groups: "group", Sizes: "size", Colors: "color" }],
    ],
    items: { group: { sort: "TreeMapSort", limit: "TreeMapGroupItemsLimitConfiguration" } },
  },
  "funnel-chart": {
    variants: [[["FunnelChartAggregatedFieldWells"], { Category: "category", Values: "value" }]],
    items: { category: { sort: "CategorySort", limit: "CategoryItemsLimit" } },
  },
  "scatter-plot": {
    variants: [
      [
        ["ScatterPlotCategoricallyAggregatedFieldWells"],
        { XAxis: "x", YAxis: "y", Category: "category", Size: "size", Label: "label" },
      ],
    ],
  },
  "combo-chart": {
    variants: [
      [
        ["ComboChartAggregatedFieldWells"],
        { Category: "category", BarValues: "bar", LineValues: "line", Colors: "color" },
      ],
    ],
    items: {
      category: { sort: "CategorySort", limit: "CategoryItemsLimit" },
      color: { sort: "ColorSort", limit: "ColorItemsLimit" },
    },
  },
  waterfall: {
    variants: [
      [
        ["WaterfallChartAggregatedFieldWells"],
        { Categories: "category", Values: "value", Breakdowns: "breakdown" },
      ],
    ],
    items: { breakdown: { limit: "BreakdownItemsLimit" }, category: { sort: "CategorySort" } },
  },
  "word-cloud": {
    variants: [[["WordCloudAggregatedFieldWells"], { GroupBy: "group", Size: "size" }]],
    items: { group: { sort: "CategorySort", limit: "CategoryItemsLimit" } },
  },
  "sankey-diagram": {
    variants: [
      [
        ["SankeyDiagramAggregatedFieldWells"],
        { Source: "source", Destination: "destination", Weight: "weight" },
      ],
    ],
    items: {
      source: { sort: "WeightSort", limit: "SourceItemsLimit" },
      destination: { sort: "WeightSort", limit: "DestinationItemsLimit" },
    },
  },
  "radar-chart": {
    variants: [
      [
        ["RadarChartAggregatedFieldWells"],
        { Category: "category", Values: "value", Color: "color" },
      ],
    ],
    items: {
      category: { sort: "CategorySort", limit: "CategoryItemsLimit" },
      color: { sort: "ColorSort", limit: "ColorItemsLimit" },
    },
  },
};

/** Why the others are not drawn. */
export const NOT_DRAWN: Readonly<Record<string, string>> = {
  "geospatial-map": "maps are not drawn here",
  "filled-map": "maps are not drawn here",
  "layer-map": "maps are not drawn here",
  "box-plot": "box plots are not drawn here",
  histogram: "histograms are not drawn here",
  insight: "QuickSight computes and words insights itself",
  "custom-content": "it shows content of another site",
  empty: "it is empty",
  plugin: "it is a plugin of QuickSight",
};
