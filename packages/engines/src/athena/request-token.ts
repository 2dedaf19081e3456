import { createHash } from "node:crypto";

import type { Statement } from "@turnaway/core";

/**
 * Names each start of a query: the same on every retry of the request, so that a start whose
 * answer was lost is not a second query, and different for every other start.
 *
 * Athena answers a token that it knows with the old execution and its old result. A token of
 * the text alone would therefore give yesterday's rows: the run's id is in it, and how often
 * this run has started the text.
 */
export class RequestTokens {
  private readonly runId: string;
  private readonly starts = new Map<string, number>();

  constructor(runId: string) {
    this.runId = runId;
  }

  /** 64 hexadecimal characters; Athena takes 32 to 128. */
  next({ sql, params = [] }: Pick<Statement, "sql" | "params">): string {
    const query = hash([sql, ...params.map((value) => `${typeof value} ${value}`)]);
    const attempt = (this.starts.get(query) ?? 0) + 1;
    this.starts.set(query, attempt);
    return hash([this.runId, String(attempt), query]);
  }
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
