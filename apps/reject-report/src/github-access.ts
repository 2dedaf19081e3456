import { HttpClient } from "@actions/http-client";
import type { GithubAccess } from "@turnaway/issues";
import { fetch as fetchThrough } from "undici";

import type { Job } from "./job.ts";

/**
 * GitHub as the job reaches it: the repository, the token, and the proxy of `https_proxy`,
 * `http_proxy` and `no_proxy`, which a runner may be behind and Node's own `fetch` knows nothing of.
 */
export function githubAccess(
  { owner, repo, apiUrl }: Pick<Job, "owner" | "repo" | "apiUrl">,
  token: string,
): GithubAccess {
  const through = proxyFetch(apiUrl ?? "https://api.github.com");
  return {
    token,
    owner,
    repo,
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(through === undefined ? {} : { fetch: through }),
  };
}

// As the toolkit of Actions does it: its client knows which proxy an address is behind, and the
// proxy has to be of the same undici as the fetch that uses it.
function proxyFetch(url: string): typeof fetch | undefined {
  const dispatcher = new HttpClient().getAgentDispatcher(url);
  if (dispatcher === undefined) return undefined;
  const send = (input: string | URL, init: object | undefined): Promise<unknown> =>
    fetchThrough(input, { ...init, dispatcher });
  return send as typeof fetch;
}
