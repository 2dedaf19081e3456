import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { type Config, parseConfig } from "@turnaway/core";
import type { DefinitionFiles } from "@turnaway/dashboards";
import type { Clock } from "@turnaway/engines/aws";
import {
  type QuickSightServer,
  QuickSightStore,
  type StoreOptions,
} from "@turnaway/testing/quicksight-server";

import {
  applyPlan,
  connectQuickSight,
  type DashboardsPlan,
  type DeployOptions,
  makePlan,
  type QuickSightSession,
  readLive,
  throwFailures,
  want,
} from "../../src/index.ts";

export const ACCOUNT = "123456789012";
export const REGION = "eu-central-1";

// Users and groups are kept in a region of their own.
const IDENTITIES = `arn:aws:quicksight:us-east-1:${ACCOUNT}`;
export const VIEWER = `${IDENTITIES}:group/default/analysts`;
export const AUTHOR = `${IDENTITIES}:user/default/ada`;

/** An account in the region of the configuration. */
export function newStore(options: StoreOptions = {}): QuickSightStore {
  return new QuickSightStore({ region: REGION, identityRegion: "us-east-1", ...options });
}

export const CONFIG: Config = parseConfig(
  [
    "name: test",
    `accounts: ['${ACCOUNT}']`,
    `regions: [${REGION}]`,
    "logs: { bucket: example-flow-logs }",
    "dashboards:",
    `  principals: ['${VIEWER}']`,
    `  authors: ['${AUTHOR}']`,
    "",
  ].join("\n"),
  "turnaway.yml",
).config;

/** The files of the dashboards that ship. */
export function shippedDefinitions(
  names: readonly string[] = ["coverage", "peers", "rejects", "traffic"],
): Map<string, DefinitionFiles> {
  const folder = path.join(import.meta.dirname, "../../../dashboards/definitions");
  return new Map(
    names.map((name) => {
      const home = path.join(folder, name);
      const files = readdirSync(home, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".yml"))
        .toSorted();
      return [
        name,
        Object.fromEntries(
          files.map((file) => [file, readFileSync(path.join(home, file), "utf8")]),
        ),
      ];
    }),
  );
}

/** A session with the server, in which waiting takes no time. */
export function connect(
  server: Pick<QuickSightServer, "url">,
  signal = new AbortController().signal,
  requestMs = 500,
): Promise<QuickSightSession> {
  return connectQuickSight({
    env: {
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    },
    signal,
    deployment: CONFIG.name,
    region: REGION,
    account: ACCOUNT,
    clock: fastClock(),
    requestMs,
  });
}

/** A clock on which sleeping is over at once, and time has passed all the same. */
export function fastClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      now += milliseconds;
    },
    random: () => 0.5,
  };
}

export async function plan(
  session: QuickSightSession,
  definitions: ReadonlyMap<string, DefinitionFiles>,
  config: Config = CONFIG,
): Promise<DashboardsPlan> {
  const wanted = want(definitions, { config, target: session.target });
  return makePlan(wanted, await readLive(session, wanted));
}

/** How tests deploy where they say no more. */
export const HOW: DeployOptions = {
  force: false,
  publish: false,
  journal: { sha: "0123456789abcdef0123456789abcdef01234567", package: "1.2.3", by: "octocat" },
  waitMs: 600_000,
  say: () => undefined,
};

/** Plans and applies; what was said comes back. */
export async function deploy(
  session: QuickSightSession,
  definitions: ReadonlyMap<string, DefinitionFiles>,
  how: Partial<DeployOptions> & { readonly config?: Config } = {},
): Promise<string[]> {
  const said: string[] = [];
  const { config, ...options } = how;
  const applied = await applyPlan(session, await plan(session, definitions, config), {
    ...HOW,
    say: (line) => said.push(line),
    ...options,
  });
  throwFailures(applied.failures);
  return said;
}

/** `kind name: action` of everything that is not as written. */
export function actions({ assets }: DashboardsPlan): string[] {
  return assets
    .filter(({ action }) => action !== "unchanged")
    .map(({ kind, name, action }) => `${kind} ${name}: ${action}`);
}
