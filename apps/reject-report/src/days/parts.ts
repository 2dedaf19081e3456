/** What names the days is made of, loaded at once when the first line stands in the log. */
export { readInputs } from "../inputs.ts";
export { readJob } from "../job.ts";
export { toolkit } from "../toolkit.ts";
export { nameDays } from "./name-days.ts";
