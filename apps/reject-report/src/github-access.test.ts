import { afterEach, describe, expect, test, vi } from "vitest";

import { githubAccess } from "./github-access.ts";

afterEach(() => vi.unstubAllEnvs());

describe("D36: GitHub is asked through a proxy", () => {
  test.each<[is: boolean, when: string, env: Record<string, string>, apiUrl: string | undefined]>([
    [false, "where none is named", {}, undefined],
    [true, "that https_proxy names", { https_proxy: "http://proxy:3128" }, undefined],
    [true, "that HTTPS_PROXY names", { HTTPS_PROXY: "http://proxy:3128" }, "https://ghe.example"],
    [false, "that is for http alone", { HTTP_PROXY: "http://proxy:3128" }, "https://ghe.example"],
    [
      false,
      "that NO_PROXY leaves it out of",
      { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "other.example,ghe.example" },
      "https://ghe.example/api/v3",
    ],
  ])("%s: %s", (is, _, env, apiUrl) => {
    for (const name of ["http_proxy", "https_proxy", "no_proxy"])
      for (const each of [name, name.toUpperCase()]) vi.stubEnv(each, env[each]);
    const access = githubAccess({ owner: "octo", repo: "network", apiUrl }, "token");
    expect(access).toMatchObject({ owner: "octo", repo: "network", token: "token" });
    expect(access.fetch !== undefined).toBe(is);
  });
});
