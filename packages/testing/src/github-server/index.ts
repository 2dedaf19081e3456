export {
  injectionsInto,
  injectAt,
  siteOf,
  type GithubInjection,
  type GithubSite,
} from "./fault-matrix.ts";
export { GITHUB_FAULTS, type GithubFault, type GithubFaultRule } from "./faults.ts";
export {
  startGithubServer,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
  type GithubServer,
  type GithubServerOptions,
} from "./github-server.ts";
export { operationOf, type GithubRequest } from "./request.ts";
export { GithubStore, type GithubAccount, type StoredIssue } from "./store.ts";
