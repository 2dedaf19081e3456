import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { DEFAULT_FORMAT } from "@turnaway/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { HEADER, records, text } from "../test/fixtures.ts";
import { makeClaims } from "./claims.ts";
import { startPool, type WorkerPool } from "./worker-pool.ts";

describe("startPool", () => {
  it("ends the run when the disk is full", async () => {
    // Whatever is written to /dev/full finds no space.
    symlinkSync("/dev/full", path.join(dir, "w0-0.log"));
    const answer = pool.run({ kind: "read", path: file, dir, claim: true });
    await expect(answer).rejects.toMatchObject({ code: "OUTPUT", exitCode: 3 });
    await expect(answer).rejects.toThrow("no space is left on the disk");
  });

  it("rejects what is under way or queued when it is closed", async () => {
    const answers = Array.from({ length: 5 }, () =>
      pool.run({ kind: "read", path: file, dir, claim: true }),
    );
    const settled = Promise.allSettled(answers);
    await pool.close();
    expect((await settled).filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  });

  it("names a file that is gone", async () => {
    const answer = await pool.run({ kind: "read", path: path.join(dir, "gone"), dir, claim: true });
    expect(answer).toMatchObject({
      outcome: { status: "refused", problems: [{ code: "SOURCE_UNREADABLE", partial: true }] },
    });
  });
});

let dir: string;
let file: string;
let pool: WorkerPool;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "turnaway-pool-"));
  file = path.join(dir, "a.log");
  writeFileSync(file, text(HEADER, ...records(10)));
  pool = startPool(1, {
    fallbacks: [DEFAULT_FORMAT.fields],
    limits: { holdBytes: 1e6, maxBytes: 1e9, maxRatio: 100, maxLineBytes: 1e6 },
    claims: makeClaims(10).memory,
  });
});
afterEach(async () => {
  await pool.close();
  rmSync(dir, { recursive: true, force: true });
});
