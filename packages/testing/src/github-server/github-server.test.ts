import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GITHUB_FAULTS, startGithubServer, WORKFLOW_BOT, WORKFLOW_TOKEN } from "./index.ts";
import type { GithubServer } from "./index.ts";

let server: GithubServer;
beforeEach(async () => {
  server = await startGithubServer();
});
afterEach(() => server.close());

test("an issue lives: created, found, commented, closed, reopened", async () => {
  const created = await call("POST /issues", { title: "One", body: "text", labels: ["turnaway"] });
  expect(created).toMatchObject({ status: 201, json: { number: 1, state_reason: null } });
  expect((await call("POST /issues/1/comments", { body: "hello" })).status).toBe(201);
  expect((await call("PATCH /issues/1", { state: "closed" })).json).toMatchObject({
    state: "closed",
    state_reason: "completed",
    comments: 1,
    closed_by: { login: "github-actions[bot]" },
  });
  expect((await call("GET /issues?state=open")).json).toEqual([]);
  expect((await call("PATCH /issues/1", { state: "open" })).json).toMatchObject({
    state_reason: "reopened",
    closed_at: null,
  });
});

test("listings have pages, filters and pull requests", async () => {
  for (let index = 0; index < 5; index += 1) {
    server.store.addIssue(WORKFLOW_BOT, { title: `Issue ${index}`, isPullRequest: index === 4 });
  }
  const first = await call("GET /issues?per_page=2&creator=github-actions[bot]");
  expect(first.json).toMatchObject([{ number: 5, pull_request: {} }, { number: 4 }]);
  expect(first.link).toMatch(/page=2>; rel="next", .*page=3>; rel="last"/);
  const last = await call("GET /issues?per_page=2&page=3");
  expect(last.json).toMatchObject([{ number: 1 }]);
  expect(last.link).not.toContain('rel="next"');
  expect((await call("GET /issues?creator=kim")).json).toEqual([]);
});

test("an unchanged answer is known by its ETag", async () => {
  const { etag } = await call("GET ");
  expect((await call("GET ", undefined, { "if-none-match": etag! })).status).toBe(304);
});

describe("what GitHub refuses", () => {
  const cases: [name: string, operation: string, body: unknown, status: number][] = [
    ["no title", "POST /issues", { body: "x" }, 422],
    ["a long title", "POST /issues", { title: "x".repeat(257) }, 422],
    ["a long body", "POST /issues", { title: "x", body: "x".repeat(65_537) }, 422],
    ["an assignee from elsewhere", "POST /issues", { title: "x", assignees: ["eve"] }, 422],
    ["an unknown issue", "PATCH /issues/9", { title: "x" }, 404],
  ];
  test.each(cases)("%s", async (_, operation, body, status) => {
    expect((await call(operation, body)).status).toBe(status);
    expect(server.store.issues).toEqual([]);
  });

  test("everything without a known token", async () => {
    expect((await call("GET ", undefined, { authorization: "token other" })).status).toBe(401);
  });
});

describe("a fault", () => {
  test("before the work leaves nothing behind", async () => {
    server.inject({ fault: GITHUB_FAULTS.reset, stage: "before", when: () => true });
    await expect(call("POST /issues", { title: "x" })).rejects.toThrow();
    expect(server.store.issues).toHaveLength(0);
  });

  test("after the work loses only the answer", async () => {
    server.inject({ fault: GITHUB_FAULTS["502"], stage: "after", when: () => true });
    expect((await call("POST /issues", { title: "x" })).status).toBe(502);
    expect(server.store.issues).toHaveLength(1);
  });

  test("of the old body answers 200 and keeps the text", async () => {
    await call("POST /issues", { title: "x", body: "old" });
    server.inject({ fault: { kind: "old-body" }, stage: "after", when: () => true });
    const answer = await call("PATCH /issues/1", { body: "new" });
    expect(answer).toMatchObject({ status: 200, json: { body: "old" } });
  });
});

async function call(
  operation: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: unknown; link: string | null; etag: string | null }> {
  const [method = "GET", path = ""] = operation.split(" ");
  const response = await fetch(`${server.url}/repos/octo/network${path}`, {
    method,
    headers: { authorization: `token ${WORKFLOW_TOKEN}`, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    json: text === "" ? null : (JSON.parse(text) as unknown),
    link: response.headers.get("link"),
    etag: response.headers.get("etag"),
  };
}
