import { TurnawayError } from "@turnaway/core";

/** Where a Trino is, who asks, and where names without a catalog are looked up. */
export interface TrinoOptions {
  /** `https://host:port`; plain `http` only where no credentials go over the wire, or on loopback. */
  readonly url: string;
  readonly auth: TrinoAuth;
  readonly catalog?: string;
  readonly schema?: string;
  /** Certificates of the authority that signed the server's, PEM; default are the system's. */
  readonly ca?: string;
  /** Session properties, such as `query_max_run_time`. */
  readonly session?: Readonly<Record<string, string>>;
  /** How long a server that is away is asked again, in milliseconds. Default is a minute. */
  readonly patienceMs?: number;
}

/** How the server knows who asks. */
export type TrinoAuth =
  | { readonly type: "none"; readonly user: string }
  | { readonly type: "basic"; readonly user: string; readonly password: string }
  /** The server takes the user from the token; `user` asks to act as another one. */
  | { readonly type: "jwt"; readonly token: string; readonly user?: string };

/** @throws TurnawayError CONFIG for what is no address, or would show a secret to the network. */
export function checkOptions({ url, auth, session = {} }: TrinoOptions): void {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw wrong("url", `received "${url}"`, "write it as https://trino.example.com:8443");
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "") {
    throw wrong(
      "url",
      "it holds more than host, port and path",
      "give credentials on their own, not in the address",
    );
  }
  if (auth.type !== "none" && parsed.protocol === "http:" && !isLoopback(parsed.hostname)) {
    throw wrong(
      "url",
      `credentials would go to ${parsed.host} unencrypted`,
      "write the address with https://",
    );
  }
  for (const [name, value] of Object.entries(session)) {
    // They travel in one header as a list: Trino wants values encoded, names are plain.
    if (!/^[\w.]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) {
      throw wrong(
        `session ${name}`,
        "a name has letters, digits, `_` and `.`, a value is ASCII text",
        "see `SHOW SESSION` on the server",
      );
    }
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function wrong(where: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: "wrong settings for Trino",
    where: `trino ${where}`,
    why,
    fix,
  });
}
