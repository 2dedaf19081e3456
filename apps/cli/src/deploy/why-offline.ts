import { hasCredentials } from "@turnaway/infra";
import type { Options } from "@turnaway/runs";

import type { Context } from "../context.ts";

/** Null where AWS can be asked. Who only wants to read a plan needs no account. */
export async function whyOffline(options: Options, { env }: Context): Promise<string | null> {
  if (options["offline"] === true) return "--offline";
  return (await hasCredentials(env)) ? null : "there are no AWS credentials";
}
