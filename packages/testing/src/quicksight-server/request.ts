import type { IncomingMessage } from "node:http";

import { type Binding, BINDINGS, fromText } from "./model/bindings.ts";
import type { OperationName } from "./model/served.ts";
import { shapeOf } from "./model/shape.ts";

/** Members of an input, as they are on the wire: times are seconds. */
export type Input = Readonly<Record<string, unknown>>;

/** Of STS and of IAM, which are asked beside QuickSight. */
export type BesideOperation = "GetCallerIdentity" | "GetRole";

/** One call as the server understood it; `status` is filled in when it is answered. */
export interface QuickSightRequest {
  /** Undefined for what no operation of the server is asked for with. */
  readonly operation: OperationName | BesideOperation | undefined;
  /** Id of what it is about: of a dashboard, an analysis, a data set, a data source; else "". */
  readonly id: string;
  readonly input: Input;
  /** Where in the order of arrival, from 0. */
  readonly at: number;
  /** Undefined when it is not signed for this service. */
  readonly credential: { readonly accessKeyId: string; readonly region: string } | undefined;
  /** HTTP status of the answer; 0 while, or when, there is none. */
  status: number;
}

/** Reads a call of REST-JSON, or of the query protocol that STS and IAM have. */
export async function readRequest(
  message: IncomingMessage,
  at: () => number,
): Promise<QuickSightRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const url = new URL(message.url ?? "/", "http://localhost");
  const credential = credentialIn(message.headers.authorization ?? "");
  if (message.method === "POST" && url.pathname === "/") {
    const input = Object.fromEntries(new URLSearchParams(body));
    const operation = BESIDE.find((name) => name === input["Action"]);
    return { operation, id: "", input, at: at(), credential, status: 0 };
  }
  const segments = url.pathname.split("/");
  const binding = bindingOf(message.method ?? "GET", segments);
  const input = binding === undefined ? {} : inputOf(binding, { segments, url, body });
  return { operation: binding?.operation, id: idIn(input), input, at: at(), credential, status: 0 };
}

const BESIDE: readonly BesideOperation[] = ["GetCallerIdentity", "GetRole"];

const LABEL = /^\{(\w+)\}$/;

function bindingOf(method: string, segments: readonly string[]): Binding | undefined {
  const matching = BINDINGS.filter(
    (binding) =>
      binding.method === method &&
      binding.segments.length === segments.length &&
      binding.segments.every((segment, i) => LABEL.test(segment) || segment === segments[i]),
  );
  const labels = (binding: Binding): number =>
    binding.segments.filter((segment) => LABEL.test(segment)).length;
  return matching.toSorted((a, b) => labels(a) - labels(b))[0];
}

function inputOf(
  binding: Binding,
  { segments, url, body }: { segments: readonly string[]; url: URL; body: string },
): Input {
  const shape = shapeOf(binding.input);
  const members = shape.type === "structure" ? shape.members : {};
  const value = (member: string, texts: readonly string[]): [string, unknown][] =>
    texts.length === 0 ? [] : [[member, fromText(texts, members[member]!)]];
  return {
    ...parseBody(body),
    ...Object.fromEntries(
      binding.segments.flatMap((segment, i) => {
        const member = LABEL.exec(segment)?.[1];
        return member === undefined ? [] : value(member, [decodeURIComponent(segments[i]!)]);
      }),
    ),
    ...Object.fromEntries(
      Object.entries(binding.query).flatMap(([name, member]) =>
        value(member, url.searchParams.getAll(name)),
      ),
    ),
  };
}

function parseBody(body: string): Input {
  return body === "" ? {} : (JSON.parse(body) as Input);
}

function idIn({ DashboardId, AnalysisId, DataSetId, DataSourceId, ResourceArn }: Input): string {
  const id = DashboardId ?? AnalysisId ?? DataSetId ?? DataSourceId ?? ResourceArn;
  return typeof id === "string" ? id.replace(/^arn:.*\//, "") : "";
}

// The shape of Signature Version 4, not its value.
function credentialIn(authorization: string): QuickSightRequest["credential"] {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([a-z0-9-]+)\/(?:quicksight|sts|iam)\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/.exec(
      authorization,
    );
  return match === null ? undefined : { accessKeyId: match[1]!, region: match[2]! };
}
