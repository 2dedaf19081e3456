import { TurnawayError } from "@turnaway/core";
import {
  type QuickSightServer,
  type QuickSightStore,
  startQuickSightServer,
} from "@turnaway/testing/quicksight-server";

import { connect, newStore } from "../support/life-cycle.ts";
import { endState } from "./end-state.ts";
import type { Scenario } from "./scenarios.ts";

/** What a command comes to when nothing goes wrong. */
export interface CleanRun {
  readonly start: QuickSightStore;
  readonly requests: QuickSightServer["requests"];
  readonly end: object;
}

/** How long a request of a test may take: long where all of them are answered. */
const ANSWERED_MS = 20_000;

/** Does what comes before, keeps a copy, and runs the command. */
export async function runClean(scenario: Scenario): Promise<CleanRun> {
  const server = await startQuickSightServer({ store: newStore() });
  try {
    for (const step of scenario.earlier) await step(await sessionWith(server));
    scenario.happened?.(server);
    const start = server.store.clone();
    server.restart(start.clone());
    await scenario.command(await sessionWith(server));
    return { start, requests: [...server.requests], end: endState(server.store) };
  } finally {
    await server.close();
  }
}

/** The error that a command ends with; null for none. Whatever is no TurnawayError is thrown. */
export async function failureOf(
  server: QuickSightServer,
  { command }: Pick<Scenario, "command">,
  options: { readonly signal?: AbortSignal; readonly requestMs?: number } = {},
): Promise<TurnawayError | null> {
  try {
    await command(await sessionWith(server, options));
    return null;
  } catch (error) {
    if (error instanceof TurnawayError) return error;
    throw error;
  }
}

/** Does the work for each item, a few at once, each of these with a server of its own. */
export async function inLanes<Item>(
  items: readonly Item[],
  work: (server: QuickSightServer, item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    const server = await startQuickSightServer();
    try {
      for (const item of queue) await work(server, item);
    } finally {
      await server.close();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const LANES = 4;

function sessionWith(
  server: QuickSightServer,
  { signal, requestMs = ANSWERED_MS }: Parameters<typeof failureOf>[2] = {},
): ReturnType<typeof connect> {
  return connect(server, signal, requestMs);
}
