import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** An artifact as the service has it in the end. */
export interface StoredArtifact {
  readonly name: string;
  /** The zip. */
  readonly content: Buffer;
  readonly isFinal: boolean;
}

/** The service that artifacts go to, and the storage that it sends uploads to, on loopback. */
export interface ResultsService {
  readonly artifacts: ReadonlyMap<string, StoredArtifact>;
  /** `ACTIONS_RUNTIME_TOKEN` and `ACTIONS_RESULTS_URL`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Refuses everything from here on. */
  refuse(): void;
  close(): Promise<void>;
}

export async function startResultsService(): Promise<ResultsService> {
  const artifacts = new Map<string, StoredArtifact>();
  const blocks = new Map<string, Buffer>();
  let isRefusing = false;
  const server = createServer(async (message, response) => {
    const url = new URL(message.url ?? "/", origin());
    const body = await buffer(message);
    if (isRefusing) return void response.writeHead(403).end("{}");
    if (url.pathname.startsWith("/twirp/")) {
      const asked = JSON.parse(body.toString()) as Record<string, string>;
      const answer = answerCall(url.pathname.split("/").at(-1)!, asked, { artifacts, origin });
      response.writeHead(200, { "content-type": "application/json" });
      return void response.end(JSON.stringify(answer));
    }
    store(url, body, { artifacts, blocks });
    response.writeHead(201, { etag: '"1"', "x-ms-request-id": "1", "x-ms-version": "2024-11-04" });
    response.end();
  });
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    artifacts,
    variables: { ACTIONS_RUNTIME_TOKEN: runtimeToken(), ACTIONS_RESULTS_URL: `${origin()}/` },
    refuse: () => void (isRefusing = true),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerCall(
  method: string,
  asked: Readonly<Record<string, string>>,
  { artifacts, origin }: { artifacts: Map<string, StoredArtifact>; origin: () => string },
): object {
  const name = asked["name"]!;
  if (method === "CreateArtifact") {
    artifacts.set(name, { name, content: Buffer.alloc(0), isFinal: false });
    return { ok: true, signed_upload_url: `${origin()}/storage/${name}?sig=signature` };
  }
  const stored = artifacts.get(name)!;
  const hash = `sha256:${createHash("sha256").update(stored.content).digest("hex")}`;
  const isWhole = Number(asked["size"]) === stored.content.length && asked["hash"] === hash;
  artifacts.set(name, { ...stored, isFinal: isWhole });
  return { ok: isWhole, artifact_id: "7" };
}

// One request with everything, or blocks and then their list: small uploads may come either way.
function store(
  url: URL,
  body: Buffer,
  { artifacts, blocks }: { artifacts: Map<string, StoredArtifact>; blocks: Map<string, Buffer> },
): void {
  const name = url.pathname.split("/").at(-1)!;
  const part = url.searchParams.get("comp");
  if (part === "block") {
    blocks.set(url.searchParams.get("blockid")!, body);
    return;
  }
  const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id]) => id!);
  const content = part === "blocklist" ? Buffer.concat(ids.map((id) => blocks.get(id)!)) : body;
  artifacts.set(name, { name, content, isFinal: false });
}

// Only its scope is read here, and who signed it is the service's affair.
function runtimeToken(): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "none" })}.${encode({ scp: "Actions.Results:run-1:job-1" })}.signature`;
}
