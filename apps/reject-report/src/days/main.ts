import { enter } from "../enter.ts";

/** Names the days to report on: reads the inputs, looks for the last run that succeeded. */
export function main(env: NodeJS.ProcessEnv): Promise<number> {
  return enter(env, "Turnaway days", async (entrance) => {
    const { nameDays, readInputs, readJob, toolkit } = await import("./parts.ts");
    const inputs = readInputs(env);
    if (inputs.githubToken !== undefined) toolkit.hide(inputs.githubToken);
    return nameDays(inputs, readJob(env, entrance.event), { entrance, toolkit });
  });
}
