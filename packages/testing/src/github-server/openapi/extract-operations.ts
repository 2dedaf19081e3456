/** JSON Schema, as far as this file looks into it. */
export type Schema = { readonly [key: string]: unknown };

/** What GitHub's description says of one operation. */
export interface OperationSchemas {
  /** By name; what is not here is no parameter of the query. */
  readonly query: Readonly<Record<string, Schema>>;
  /** Null where no body is sent. */
  readonly body: Schema | null;
  /** By status; null where the answer has no body. */
  readonly answers: Readonly<Record<string, Schema | null>>;
}

/** The operations that were asked for, with every schema that they reach. */
export interface GithubOperations {
  /** Of the npm package that the description came from. */
  readonly version: string;
  /** By method and path: `GET /repos/{owner}/{repo}/issues`. */
  readonly operations: Readonly<Record<string, OperationSchemas>>;
  /** By name; a `$ref` to one is `github:NAME`. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * Takes a few operations out of GitHub's OpenAPI description, as schemas that a validator
 * understands.
 *
 * OpenAPI 3.0 writes `nullable` where JSON Schema has a type `null`. A validator that does not know
 * it throws, and some callers then check nothing at all; so it is translated here.
 */
export function extractOperations(document: Schema, names: readonly string[]): GithubOperations {
  const schemas: Record<string, Schema> = {};
  const read = (schema: unknown): Schema => translate(resolveOwn(schema)) as Schema;
  const resolveOwn = (value: unknown): unknown => {
    for (const name of refsIn(value)) {
      if (Object.hasOwn(schemas, name)) continue;
      schemas[name] = {};
      schemas[name] = read(at(document, ["components", "schemas", name]));
    }
    return value;
  };
  const operations = names.map((name): [string, OperationSchemas] => {
    const [method, path] = name.split(" ") as [string, string];
    const operation = at(document, ["paths", path, method.toLowerCase()]);
    return [name, readOperation(document, operation, read)];
  });
  return {
    version: String(at(document, ["info"])["version"]),
    operations: Object.fromEntries(operations),
    schemas: sorted(schemas),
  };
}

type Read = (schema: unknown) => Schema;

function readOperation(document: Schema, operation: Schema, read: Read): OperationSchemas {
  const follow = (value: unknown): Schema => {
    const ref = (value as Schema)["$ref"];
    return typeof ref === "string" ? at(document, ref.split("/").slice(1)) : (value as Schema);
  };
  const contentOf = (value: unknown): Schema | null => {
    const content = follow(value)["content"] as Record<string, Schema> | undefined;
    const schema = content?.["application/json"]?.["schema"];
    return schema === undefined ? null : read(schema);
  };
  const parameters = ((operation["parameters"] ?? []) as unknown[]).map(follow);
  const query = parameters.filter((parameter) => parameter["in"] === "query");
  const { requestBody } = operation;
  const answers = Object.entries(operation["responses"] as Schema);
  return {
    query: Object.fromEntries(query.map(({ name, schema }) => [String(name), read(schema)])),
    body: requestBody === undefined ? null : contentOf(requestBody),
    answers: Object.fromEntries(answers.map(([status, answer]) => [status, contentOf(answer)])),
  };
}

const SCHEMA_REF = /^#\/components\/schemas\/(.+)$/;

function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === "$ref" ? SCHEMA_REF.exec(String(inner))?.[1] : undefined;
    return name === undefined ? refsIn(inner) : [name];
  });
}

// Says nothing about what is valid.
const WORDS = new Set([
  "description",
  "example",
  "examples",
  "title",
  "deprecated",
  "externalDocs",
]);

function translate(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((each) => translate(each));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    // A property may be called `description` too.
    .filter(([key]) => inProperties || (!WORDS.has(key) && !key.startsWith("x-")))
    .map(([key, inner]): [string, unknown] => [key, translate(inner, key === "properties")]);
  const schema = Object.fromEntries(entries);
  if (inProperties || schema["nullable"] !== true) return withLocalRef(schema);
  const { nullable: _, ...rest } = schema;
  return { anyOf: [withLocalRef(rest), { type: "null" }] };
}

function withLocalRef(schema: Schema): Schema {
  const ref = schema["$ref"];
  const name = typeof ref === "string" ? SCHEMA_REF.exec(ref)?.[1] : undefined;
  return name === undefined ? schema : { ...schema, $ref: `github:${name}` };
}

function at(document: Schema, path: readonly string[]): Schema {
  return path.reduce<Schema>((value, key) => {
    const next = value[key];
    if (typeof next !== "object" || next === null) throw new Error(`no ${path.join(" ")}`);
    return next as Schema;
  }, document);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
