// The one-file build ships without types of its own.
declare module "echarts/dist/echarts.esm.min.mjs" {
  export * from "echarts";
}
