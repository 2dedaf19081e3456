import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { GithubAnswer } from "../answer.ts";
import type { GithubRequest } from "../request.ts";
import type { GithubOperations, OperationSchemas, Schema } from "./extract-operations.ts";

/** What is wrong with a request by GitHub's own description; undefined when nothing is. */
export function checkRequest(request: GithubRequest): string | undefined {
  const found = findOperation(request);
  if (found === undefined) return undefined;
  const [name, { query, body }] = found;
  for (const [parameter, value] of request.query) {
    const schema = query[parameter];
    if (schema === undefined) return `${name} has no parameter ${parameter}`;
    const wrong = check(`${name} ?${parameter}`, schema, { value: typed(value, schema) });
    if (wrong !== undefined) return wrong;
  }
  if (body === null) return undefined;
  const unknown = Object.keys(request.body ?? {}).find((field) => !hasField(body, field));
  if (unknown !== undefined) return `${name} takes no field ${unknown}`;
  return check(`${name} body`, body, { value: request.body ?? {} });
}

/** What is wrong with an answer of ours; undefined when nothing is, or GitHub says nothing of it. */
export function checkAnswer(request: GithubRequest, answer: GithubAnswer): string | undefined {
  const found = findOperation(request);
  if (found === undefined) return undefined;
  const [name, { answers }] = found;
  const schema = answers[answer.status];
  if (schema === undefined) {
    return answer.status < 400 ? `${name} is never answered ${answer.status}` : undefined;
  }
  return schema === null
    ? undefined
    : check(`${name} ${answer.status}`, schema, { value: answer.body });
}

// A query is text; where a number is meant it has to read as one.
function typed(value: string, { type }: Schema): unknown {
  return type === "integer" && /^-?\d+$/.test(value) ? Number(value) : value;
}

let operations: GithubOperations | undefined;
let validators: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

function described(): GithubOperations {
  const file = new URL("operations.gen.json", import.meta.url);
  return (operations ??= JSON.parse(readFileSync(file, "utf8")) as GithubOperations);
}

// Literal segments win over parameters: `comments` is no number of an issue.
function findOperation({
  method,
  path,
}: GithubRequest): readonly [string, OperationSchemas] | undefined {
  return Object.entries(described().operations)
    .filter(([name]) => patternOf(name).test(`${method} ${path}`))
    .toSorted(([a], [b]) => a.split("{").length - b.split("{").length)[0];
}

const patterns = new Map<string, RegExp>();

function patternOf(name: string): RegExp {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`^${name.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    patterns.set(name, pattern);
  }
  return pattern;
}

// A schema is compiled when it is needed first, and kept: there are few, and they are long.
function check(place: string, schema: Schema, data: { value: unknown }): string | undefined {
  validators ??= makeAjv();
  let validate = compiled.get(place);
  if (validate === undefined) {
    validate = validators.compile({ type: "object", properties: { value: schema } });
    compiled.set(place, validate);
  }
  if (validate(data)) return undefined;
  const [error] = validate.errors ?? [];
  return `${place}: ${error?.instancePath.replace(/^\/value/, "") ?? ""} ${error?.message ?? ""}`;
}

function makeAjv(): Ajv {
  // Some words of OpenAPI are none of JSON Schema's.
  const ajv = new Ajv({ strict: false, inlineRefs: false, validateSchema: false });
  addFormats.default(ajv);
  // GitHub's own, for `owner/name`; a format that is not known is a warning on the console.
  ajv.addFormat("repo.nwo", /^[^/\s]+\/[^/\s]+$/);
  for (const [name, schema] of Object.entries(described().schemas)) {
    ajv.addSchema(schema, `github:${name}`);
  }
  return ajv;
}

function hasField(schema: Schema, field: string): boolean {
  const { properties, oneOf, anyOf, allOf } = schema as Record<string, unknown>;
  if (properties !== undefined && Object.hasOwn(properties as object, field)) return true;
  return [oneOf, anyOf, allOf].some(
    (parts) => Array.isArray(parts) && parts.some((part) => hasField(part as Schema, field)),
  );
}
