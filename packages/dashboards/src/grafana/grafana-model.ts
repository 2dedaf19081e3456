/** A dashboard in Grafana's own JSON, as far as it is written here. */
export interface GrafanaDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly timezone: string;
  readonly editable: boolean;
  readonly schemaVersion: number;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: readonly GrafanaVariable[] };
  readonly annotations: { readonly list: readonly [] };
  readonly panels: readonly GrafanaPanel[];
}

export interface GrafanaPanel {
  readonly id: number;
  /** `stat`, `timeseries`, `row`. */
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPosition;
  readonly datasource?: typeof DATA_SOURCE;
  readonly targets?: readonly GrafanaTarget[];
  readonly transformations?: readonly { readonly id: string; readonly options: object }[];
  readonly options?: object;
  readonly fieldConfig?: FieldConfig;
  /** Of a row. */
  readonly collapsed?: boolean;
  readonly panels?: readonly [];
}

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** One query of a panel, as the Athena data source has it. */
export interface GrafanaTarget {
  readonly refId: string;
  readonly datasource: typeof DATA_SOURCE;
  readonly rawSQL: string;
  readonly format: number;
  readonly connectionArgs: Readonly<Record<string, string>>;
}

export interface FieldConfig {
  readonly defaults: FieldDefaults;
  readonly overrides: readonly {
    readonly matcher: { readonly id: string; readonly options: string };
    readonly properties: readonly { readonly id: string; readonly value: unknown }[];
  }[];
}

export interface FieldDefaults {
  readonly unit?: string;
  readonly decimals?: number;
  readonly custom?: object;
}

export interface GrafanaVariable {
  readonly type: "datasource" | "query";
  readonly name: string;
  readonly label: string;
  readonly query: string | GrafanaTarget;
  readonly datasource?: typeof DATA_SOURCE;
  readonly refresh: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly current?: { readonly text: string | string[]; readonly value: string | string[] };
}

/** What the data source is called in Grafana's catalogue of plugins. */
export const PLUGIN = "grafana-athena-datasource";

/** The data source is chosen on the dashboard, so its JSON names none of anybody's. */
export const DATA_SOURCE = { type: PLUGIN, uid: "${datasource}" } as const;

/** Formats of the Athena data source. */
export const FORMATS = { timeSeries: 0, table: 1 } as const;

/** A query with the catalogue, database and region that the data source names itself. */
export function targetOf(rawSQL: string, format: number): GrafanaTarget {
  const own = "__default";
  return {
    refId: "A",
    datasource: DATA_SOURCE,
    rawSQL,
    format,
    connectionArgs: { region: own, catalog: own, database: own },
  };
}
