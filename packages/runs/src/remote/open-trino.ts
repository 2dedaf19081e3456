import { readFileSync } from "node:fs";
import path from "node:path";

import { type Config, describeSystemError, TurnawayError } from "@turnaway/core";
import { createTrinoEngine, type TrinoAuth } from "@turnaway/engines/trino";

import type { Settings } from "../read-settings.ts";
import type { OpenEngine } from "./open-engine.ts";

/** The Trino of turnaway.yml; the password or the token comes from the environment. */
export function openTrino({ config, configDir }: Settings, env: NodeJS.ProcessEnv): OpenEngine {
  const { url, catalog, schema, certificates } = config.trino;
  if (url === null) {
    throw wrong("trino.url", "the configuration names none", "set it to that of the coordinator");
  }
  const ca = certificates === null ? null : readPem(path.resolve(configDir ?? ".", certificates));
  const auth = readAuth(config.trino, env);
  const engine = createTrinoEngine({ url, auth, catalog, schema, ...(ca === null ? {} : { ca }) });
  return { engine, close() {} };
}

function readAuth(
  { user, passwordVariable, tokenVariable }: Config["trino"],
  env: NodeJS.ProcessEnv,
): TrinoAuth {
  if (tokenVariable !== null) {
    return { type: "jwt", token: secret(env, "trino.tokenVariable", tokenVariable) };
  }
  if (passwordVariable === null) return { type: "none", user };
  return { type: "basic", user, password: secret(env, "trino.passwordVariable", passwordVariable) };
}

function secret(env: NodeJS.ProcessEnv, key: string, variable: string): string {
  const value = env[variable];
  if (value) return value;
  throw wrong(key, `the environment has no ${variable}`, `set ${variable}, or correct ${key}`);
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = `${file} can't be read: ${describeSystemError(error)}`;
    throw wrong("trino.certificates", why, "name a PEM file");
  }
}

function wrong(where: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("CONFIG", { what: "Trino can't be asked", where, why, fix });
}
