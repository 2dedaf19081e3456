import { enter } from "../enter.ts";

/** The check of turnaway.yml and mutes.yml. Asks nobody, so it needs no permission. */
export function main(env: NodeJS.ProcessEnv): Promise<number> {
  return enter(env, "Turnaway configuration check", async (entrance) => {
    const { checkFiles, readInputs, toolkit } = await import("./parts.ts");
    return checkFiles(readInputs(env), { entrance, toolkit });
  });
}
