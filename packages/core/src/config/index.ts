export * from "./detection-ids.ts";
export { hasDashboards } from "./has-dashboards.ts";
export { jsonSchemas, jsonSchemaText } from "./json-schemas.ts";
export { checkMutes } from "./check-mutes.ts";
export { muteInFile, type KeyMute, type MutesEdit } from "./edit-mutes.ts";
export * from "./mutes.ts";
export {
  parseFields,
  type Config,
  type DetectionConfig,
  type KnownService,
  LOGGED_KINDS,
  type LoggedKind,
  type LoggedResource,
  type ReportConfig,
} from "./normalize.ts";
export * from "./owners.ts";
export * from "./parse.ts";
export { type WrittenConfig, writtenConfigSchema } from "./schema.ts";
export { didYouMean } from "./validate.ts";
export { readYaml, type YamlSource } from "./yaml-source.ts";
