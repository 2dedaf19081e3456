import { enter } from "../enter.ts";

/** The mute command: reads the comment that started the run, and does what it asks. */
export function main(env: NodeJS.ProcessEnv): Promise<number> {
  return enter(env, "Turnaway mute command", async (entrance) => {
    const { answerComment, readInputs, readJob, toolkit } = await import("./parts.ts");
    const inputs = readInputs(env);
    if (inputs.githubToken !== undefined) toolkit.hide(inputs.githubToken);
    return answerComment(inputs, readJob(env, entrance.event), { entrance, toolkit });
  });
}
