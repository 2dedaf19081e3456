/** What the check is made of, loaded at once when the first line stands in the log. */
export { readInputs } from "../inputs.ts";
export { toolkit } from "../toolkit.ts";
export { checkFiles } from "./check-files.ts";
