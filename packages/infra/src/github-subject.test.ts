import { describe, expect, it } from "vitest";

import { deploymentOf } from "../test/template-of.ts";
import { githubSubject, githubSubjects, roleName } from "./github-subject.ts";

const REPOSITORY = { repository: "example/network", ownerId: 583231, repositoryId: 1296269 };

describe("the subject of a workflow's token", () => {
  it.each([
    ["production", "repo:example@583231/network@1296269:environment:production"],
    ["eu: production", "repo:example@583231/network@1296269:environment:eu%3A production"],
  ])("names owner and repository by their ids, and the environment %s", (environment, expected) => {
    expect(githubSubject(REPOSITORY, environment)).toBe(expected);
  });

  it("is one for each role, of the environments of turnaway.yml", () => {
    const deployment = deploymentOf(`
name: production
logs: { bucket: example-flow-logs }
infrastructure:
  github:
    repository: example/network
    ownerId: 583231
    repositoryId: 1296269
    deployEnvironment: live
    reportEnvironment: nightly
`);
    expect(githubSubjects(deployment)).toEqual({
      "turnaway-production-deploy": githubSubject(REPOSITORY, "live"),
      "turnaway-production-report": githubSubject(REPOSITORY, "nightly"),
    });
  });

  it("is none without a repository", () => {
    expect(githubSubjects(deploymentOf("logs: { bucket: example-flow-logs }"))).toEqual({});
  });
});

describe("the name of a role", () => {
  it("is within the 64 characters of IAM for the longest name", () => {
    const longest = { name: "n".repeat(40) };
    for (const role of ["deploy", "report", "quicksight"] as const)
      expect(roleName(longest, role).length).toBeLessThanOrEqual(64);
  });
});
