/** What the Action is made of, loaded at once when the first line stands in the log. */
export { readInputs } from "./inputs.ts";
export { readJob } from "./job.ts";
export { prepare } from "./prepare.ts";
export { run } from "./run.ts";
export { toolkit } from "./toolkit.ts";
