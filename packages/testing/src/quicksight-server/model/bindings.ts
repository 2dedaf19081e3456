import * as client from "@aws-sdk/client-quicksight";

import { SERVED, type OperationName } from "./served.ts";
import { OPERATIONS } from "./service-model.gen.ts";
import { shapeOf } from "./shape.ts";

const schemas = client as unknown as Readonly<Record<string, unknown>>;

/** How an operation is asked for over HTTP. */
export interface Binding {
  readonly operation: OperationName;
  readonly method: string;
  /** Of the path; `{DashboardId}` where a member stands. */
  readonly segments: readonly string[];
  /** Name in the query to the member that it is. */
  readonly query: Readonly<Record<string, string>>;
  /** Name of the shape of its input. */
  readonly input: string;
}

/** Bindings of all operations of the server, read from the schemas of the installed client. */
export const BINDINGS: readonly Binding[] = SERVED.map((operation) => {
  const [, , , { http }, input] = operationSchema(operation);
  const [method, path] = http;
  return {
    operation,
    method,
    segments: path.split("/"),
    query: queryOf(input()),
    input: OPERATIONS[operation]!.input,
  };
});

/** HTTP status of an error of the service; 400 for one that the client does not know. */
export function statusOfError(name: string): number {
  return (schemas[`${name}$`] as ErrorSchema | undefined)?.[3].httpError ?? 400;
}

/** Members of the structure of that name in the client; undefined if it has none of that name. */
export function clientMembers(name: string): readonly string[] | undefined {
  // A name that JavaScript has already begins with a line.
  const found = schemas[`${name}$`] ?? schemas[`_${name}$`];
  return (found as StructureSchema | undefined)?.[4];
}

/** The value of a member that stood in a path or a query, where everything is text. */
export function fromText(texts: readonly string[], shape: string): unknown {
  const [text = ""] = texts;
  switch (shapeOf(shape).type) {
    case "list":
      return texts;
    case "integer":
    case "long":
    case "double":
    case "float":
      return Number(text);
    case "boolean":
      return text === "true" || (text === "false" ? false : text);
    case "timestamp":
      return Date.parse(text) / 1000;
    default:
      return text;
  }
}

// The client's schemas are arrays: kind, namespace, name, traits, and then members or both ends.
type OperationSchema = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: { readonly http: readonly [method: string, path: string, status: number] },
  input: () => StructureSchema,
  output: () => StructureSchema,
];
type StructureSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  schemas: readonly unknown[],
];
type ErrorSchema = readonly [number, string, string, { readonly httpError?: number }];

function operationSchema(name: string): OperationSchema {
  const found = schemas[`${name}$`];
  if (found === undefined) throw new Error(`the client has no operation ${name}`);
  return found as OperationSchema;
}

function queryOf([, , , , members, memberSchemas]: StructureSchema): Record<string, string> {
  return Object.fromEntries(
    members.flatMap((member, index) => {
      const described = memberSchemas[index];
      const traits = Array.isArray(described) ? (described[1] as unknown) : undefined;
      const { httpQuery } = (typeof traits === "object" ? traits : {}) as { httpQuery?: string };
      return httpQuery === undefined ? [] : [[httpQuery, member]];
    }),
  );
}
