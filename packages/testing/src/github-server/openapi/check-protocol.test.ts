import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GithubRequest } from "../request.ts";
import { GithubStore } from "../store.ts";
import { issueShape } from "../shapes.ts";
import { checkAnswer, checkRequest } from "./check-protocol.ts";
import { extractOperations, type Schema } from "./extract-operations.ts";
import { OPERATION_NAMES } from "./operation-names.ts";

const ISSUES = "/repos/octo/network/issues";

describe("a request", () => {
  const cases: [name: string, operation: string, body: object | null, wrong: RegExp | undefined][] =
    [
      ["that is right", `POST ${ISSUES}`, { title: "x", labels: ["a"] }, undefined],
      ["without a title", `POST ${ISSUES}`, { body: "x" }, /'title'/],
      ["with labels that are no list", `POST ${ISSUES}`, { title: "x", labels: "a" }, /labels/],
      ["with a field that there is not", `POST ${ISSUES}`, { title: "x", tags: [] }, /field tags/],
      ["with a state that there is not", `PATCH ${ISSUES}/1`, { state: "shut" }, /state/],
      ["with null where GitHub takes it", `PATCH ${ISSUES}/1`, { state_reason: null }, undefined],
      ["for a listing", `GET ${ISSUES}?state=all&per_page=100&labels=a`, null, undefined],
      ["with a parameter that there is not", `GET ${ISSUES}?author=kim`, null, /parameter author/],
      ["with a number that is none", `GET ${ISSUES}?page=two`, null, /page/],
      ["with a time that is none", `GET ${ISSUES}?since=yesterday`, null, /date-time/],
      ["that is not described", "POST /graphql", { query: "{}" }, undefined],
    ];
  test.each(cases)("%s", (_, operation, body, wrong) => {
    const found = checkRequest(request(operation, body));
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

describe("an answer", () => {
  const store = new GithubStore();
  const author = { login: "kim", type: "User", access: "write" } as const;
  const shape = issueShape(store, store.addIssue(author, { title: "x" }), "http://localhost");
  const { url: _, ...withoutUrl } = shape;
  const cases: [name: string, status: number, body: unknown, wrong: RegExp | undefined][] = [
    ["that is right", 200, shape, undefined],
    ["without a field", 200, withoutUrl, /'url'/],
    ["with null where GitHub sends none", 200, { ...shape, title: null }, /title/],
    ["of a status that is never sent", 204, null, /never answered 204/],
    ["of an error as GitHub writes it", 404, { message: "Not Found" }, undefined],
  ];
  test.each(cases)("%s", (_name, status, body, wrong) => {
    const found = checkAnswer(request(`GET ${ISSUES}/1`, null), { status, body });
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

test("the operations are those of GitHub's description", () => {
  const source = new URL(import.meta.resolve("@octokit/openapi/generated/api.github.com.json"));
  const document = JSON.parse(readFileSync(source, "utf8")) as Schema;
  const file = new URL("operations.gen.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(
    extractOperations(document, OPERATION_NAMES),
  );
});

function request(operation: string, body: object | null): GithubRequest {
  const [method = "GET", target = ""] = operation.split(" ");
  const url = new URL(target, "http://localhost");
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {},
    body: body as GithubRequest["body"],
    status: 0,
  };
}
