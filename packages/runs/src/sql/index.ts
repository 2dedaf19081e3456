export { sqlSettings } from "../read-settings.ts";
export { findShown, listShown, showSql, type SqlContext } from "./show-sql.ts";
export { SAMPLE_WINDOW } from "./sql-sample.ts";
