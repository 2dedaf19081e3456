/** What the mute command is made of, loaded at once when the first line stands in the log. */
export { readInputs } from "../inputs.ts";
export { readJob } from "../job.ts";
export { toolkit } from "../toolkit.ts";
export { answerComment } from "./answer-comment.ts";
