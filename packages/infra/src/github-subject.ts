import { type Deployment, nameOf } from "./deployment.ts";

/** A repository as GitHub names it to AWS. */
export interface GithubRepository {
  /** `owner/name`. */
  readonly repository: string;
  /** Id of the owner, which no rename can take over. */
  readonly ownerId: number;
  /** Id of the repository. */
  readonly repositoryId: number;
}

/**
 * The `sub` of a token that GitHub gives to a job with an environment, in the form with ids
 * (repositories made, renamed or transferred since 2026-07-15).
 *
 * Names alone can be registered again by somebody else when an owner or a repository is
 * renamed or deleted. Source: GitHub, "OpenID Connect reference".
 */
export function githubSubject(
  { repository, ownerId, repositoryId }: GithubRepository,
  environment: string,
): string {
  const [owner, name] = repository.split("/");
  return `repo:${owner}@${ownerId}/${name}@${repositoryId}:environment:${escaped(environment)}`;
}

/** The subjects that the deployment's roles trust, by the name of the role; none without a repository. */
export function githubSubjects(deployment: Deployment): Readonly<Record<string, string>> {
  const repository = repositoryOf(deployment);
  if (repository === null) return {};
  const { deployEnvironment, reportEnvironment } = deployment.config.infrastructure.github;
  return {
    [roleName(deployment, "deploy")]: githubSubject(repository, deployEnvironment),
    [roleName(deployment, "report")]: githubSubject(repository, reportEnvironment),
  };
}

/** The repository of turnaway.yml; null where none may act in AWS. */
export function repositoryOf({ config }: Pick<Deployment, "config">): GithubRepository | null {
  const { repository, ownerId, repositoryId } = config.infrastructure.github;
  if (repository === null || ownerId === null || repositoryId === null) return null;
  return { repository, ownerId, repositoryId };
}

/** Name of a role, which workflows and grants find it by: `turnaway-production-report`. */
export function roleName(
  deployment: Pick<Deployment, "name">,
  role: "deploy" | "report" | "quicksight",
): string {
  return nameOf(deployment, role);
}

// What parts a subject from the next claim: GitHub writes a colon in a name as `%3A`.
function escaped(environment: string): string {
  return environment.replaceAll(":", "%3A");
}
