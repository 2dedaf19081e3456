export { grafanaDashboard } from "./grafana-dashboard.ts";
export type {
  GrafanaDashboard,
  GrafanaPanel,
  GrafanaTarget,
  GrafanaVariable,
} from "./grafana-model.ts";
