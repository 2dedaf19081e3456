import { expect, test } from "vitest";

import { readJob } from "./job.ts";

const ENV = { GITHUB_REPOSITORY: "octo/network", RUNNER_TEMP: "/tmp/runner" };

test("a job knows its repository and its API", () => {
  const env = {
    ...ENV,
    GITHUB_API_URL: "https://github.example/api/v3",
  };
  expect(readJob(env, null)).toEqual({
    owner: "octo",
    repo: "network",
    apiUrl: "https://github.example/api/v3",
    tempFolder: "/tmp/runner",
    isFork: false,
    isPublic: null,
  });
});

test.each([
  ["private", { repository: { private: true } }, false],
  ["public", { repository: { private: false } }, true],
  ["not said", { repository: {} }, null],
  ["not said by what is no event", "text", null],
])("whether the repository is public: %s", (_, event, isPublic) => {
  expect(readJob(ENV, event).isPublic).toBe(isPublic);
});

test.each([
  ["the repository itself", "pull_request", "octo/network", false],
  ["a fork", "pull_request", "somebody/network", true],
  ["a fork that was deleted", "pull_request", null, true],
  ["a fork, but with the rights of the base", "pull_request_target", "somebody/network", false],
])("a pull request from %s", (_, name, head, isFork) => {
  const repo = head === null ? null : { full_name: head };
  const env = { ...ENV, GITHUB_EVENT_NAME: name };
  expect(readJob(env, { pull_request: { head: { repo } } }).isFork).toBe(isFork);
});

test.each([undefined, "", "network", "octo/network/more"])(
  "without a repository, as %s, it is wrong usage",
  (GITHUB_REPOSITORY) => {
    expect(() => readJob({ GITHUB_REPOSITORY }, null)).toThrow(/GITHUB_REPOSITORY/);
  },
);
