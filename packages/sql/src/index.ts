export * from "./compose.ts";
export * from "./duckdb-macros.ts";
export * from "./macros.ts";
export * from "./sql-file.ts";
export { SQL_FILES } from "./catalogue.gen.ts";
