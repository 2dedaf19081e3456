import { invalid, type GithubAnswer } from "./answer.ts";

/** Most characters of an issue's or a comment's text that GitHub says it takes. */
export const BODY_LIMIT = 65_536;
const TITLE_LIMIT = 256;

export function checkTitle(title: unknown): GithubAnswer | undefined {
  if (title === undefined || title === null || title === "") {
    return invalid("Issue", "title", "missing_field");
  }
  if (typeof title !== "string") return invalid("Issue", "title", "invalid");
  return title.length > TITLE_LIMIT
    ? invalid("Issue", "title", "custom", "title is too long (maximum is 256 characters)")
    : undefined;
}

export function checkBody(
  resource: "Issue" | "IssueComment",
  body: unknown,
  required = false,
): GithubAnswer | undefined {
  if (body === null || body === undefined || body === "") {
    return required ? invalid(resource, "body", "missing_field") : undefined;
  }
  if (typeof body !== "string") return invalid(resource, "body", "invalid");
  return body.length > BODY_LIMIT
    ? invalid(resource, "body", "custom", `body is too long (maximum is ${BODY_LIMIT} characters)`)
    : undefined;
}

export function textList(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === "string")
    : [];
}
