type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The `sub` that GitHub puts into this workflow's token, in the form with ids (repositories
 * made or renamed since 2026-07-15) and in the older form with names alone.
 *
 * Undefined outside of a workflow. A job with an environment has that at its end instead of
 * the ref; the environment's name is not among the variables of a job, so it is a word here.
 */
export function githubSubjects(env: Environment): readonly string[] | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_REF: ref } = env;
  if (env.GITHUB_ACTIONS !== "true" || !repository || !ref) return undefined;
  const [owner, name] = repository.split("/");
  const tail = env.GITHUB_EVENT_NAME === "pull_request" ? "pull_request" : `ref:${ref}`;
  const { GITHUB_REPOSITORY_OWNER_ID: ownerId, GITHUB_REPOSITORY_ID: id } = env;
  const withIds = ownerId && id ? [`repo:${owner}@${ownerId}/${name}@${id}:${tail}`] : [];
  return [...withIds, `repo:${repository}:${tail}`];
}

/** Why AWS did not give the role to the workflow, and what the trust policy has to say. */
export function describeRefusedRole(env: Environment): { why: string; fix: string } {
  const subjects = githubSubjects(env);
  if (subjects === undefined) {
    return {
      why: "the role's trust policy does not accept this identity's token",
      fix: "compare the `sub` and `aud` of the trust policy with those of the token",
    };
  }
  const [expected, ...older] = subjects;
  return {
    why: `the role's trust policy does not accept this workflow; its subject is ${expected}${older.length > 0 ? ` (for repositories older than July 2026 ${older.join()})` : ""}`,
    fix: "put that subject into the trust policy; in a job with an environment it ends in :environment:NAME instead",
  };
}
