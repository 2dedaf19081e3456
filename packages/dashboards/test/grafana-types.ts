import type { Dataquery } from "@grafana/grafana-foundation-sdk/athena";
import type * as barchart from "@grafana/grafana-foundation-sdk/barchart";
import type { Dashboard, FieldConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import type * as heatmap from "@grafana/grafana-foundation-sdk/heatmap";
import type * as piechart from "@grafana/grafana-foundation-sdk/piechart";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as table from "@grafana/grafana-foundation-sdk/table";
import type * as text from "@grafana/grafana-foundation-sdk/text";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";

/** What Grafana itself says of the parts of a dashboard; its schema is made of these. */
export interface GrafanaTypes {
  dashboard: Dashboard;
  defaults: FieldConfig;
  target: Omit<Dataquery, "_implementsDataqueryVariant">;
  stat: stat.Options;
  barchart: barchart.Options;
  "barchart custom": barchart.FieldConfig;
  piechart: piechart.Options;
  "piechart custom": piechart.FieldConfig;
  table: table.Options;
  "table custom": table.FieldConfig;
  heatmap: heatmap.Options;
  "heatmap custom": heatmap.FieldConfig;
  timeseries: timeseries.Options;
  "timeseries custom": timeseries.FieldConfig;
  text: text.Options;
}
