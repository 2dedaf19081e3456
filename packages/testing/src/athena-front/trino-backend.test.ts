import { describe, expect, it } from "vitest";

import type { BackendError } from "./front-backend.ts";
import { type RunOnTrino, trinoBackend } from "./trino-backend.ts";

// What goes to Trino and what comes back; a conformance run has the real one.

describe("a backend on Trino", () => {
  it("hands parameters over as literals", async () => {
    const { asked, backend } = record();
    await backend("SELECT `a` FROM t WHERE b = 'it''s' AND c = ?;", ["'x'"], CONTEXT);
    expect(asked).toEqual([
      "EXECUTE IMMEDIATE 'SELECT \"a\" FROM t WHERE b = ''it''''s'' AND c = ?' USING 'x'",
    ]);
  });

  it("sums the bytes of all statements that one became", async () => {
    const { asked, backend } = record();
    expect((await backend("VACUUM t", [], CONTEXT)).scannedBytes).toBe(14);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ["SELECT 1", [["a\nb"]]],
    ["EXPLAIN SELECT 1", [["a"], ["b"]]],
    ["INSERT INTO t SELECT 1", []],
    ["CREATE TABLE t AS SELECT 1", []],
  ])("answers %s as Athena does", async (sql, rows) => {
    const { backend } = record();
    expect((await backend(sql, [], CONTEXT)).rows).toEqual(rows);
  });

  it.each([
    ["COLUMN_NOT_FOUND: line 1:8", 2, false],
    ["GENERIC_INTERNAL_ERROR: worker gone", 1, true],
    ["NO_NODES_AVAILABLE: No nodes available to run query", 1, true],
  ])("fails with the category of %s", async (why, category, retryable) => {
    const run: RunOnTrino = () =>
      Promise.reject(Object.assign(new Error("x"), { detail: { why } }));
    const failure = trinoBackend({ run })("SELECT 1", [], CONTEXT);
    await expect(failure).rejects.toMatchObject({
      message: why,
      category,
      retryable,
    } satisfies Partial<BackendError>);
  });
});

const CONTEXT = { database: "net", signal: new AbortController().signal };

function record() {
  const asked: string[] = [];
  const run: RunOnTrino = async ({ sql }) => {
    asked.push(sql);
    return {
      columns: [{ name: "plan", type: "varchar" }],
      rows: [{ plan: "a\nb" }],
      stats: { scannedBytes: 7 },
    };
  };
  return { asked, backend: trinoBackend({ run }) };
}
