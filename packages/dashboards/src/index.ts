export * from "./dashboard.ts";
export { expand } from "./expand.ts";
export { DEFAULTS, withoutFilledIn } from "./filled-in.ts";
export { normalize } from "./normalize.ts";
export { checkColumns, type ColumnCatalogue, type ColumnKind } from "./check/check-columns.ts";
export { checkDefinition } from "./check/check-definition.ts";
export { sqlColumns } from "./check/sql-columns.ts";
export type { Detail } from "./diff/details.ts";
export {
  type ChangeKind,
  type DefinitionChange,
  diffDefinitions,
  type Subject,
} from "./diff/diff-definitions.ts";
export { renderDiff } from "./diff/render-diff.ts";
export { withReadableIds } from "./readable-ids.ts";
export * from "./visuals/index.ts";
export * from "./grafana/index.ts";
