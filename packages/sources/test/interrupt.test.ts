import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { listLocalSources, readBatches, type Batch, type ReadOptions } from "../src/index.ts";
import { HEADER, records, text } from "./fixtures.ts";

describe("readBatches", () => {
  it("leaves nothing behind when it is interrupted", async () => {
    const controller = new AbortController();
    const reader = await readerOf(controller.signal, () => controller.abort());
    await expect(takeAll(reader)).rejects.toMatchObject({ code: "INTERRUPTED", exitCode: 130 });
    expect(readdirSync(temp)).toEqual([]);
  });

  it("leaves nothing behind when its consumer stops early", async () => {
    for await (const _ of await readerOf(new AbortController().signal)) break;
    expect(readdirSync(temp)).toEqual([]);
  });

  it("leaves nothing behind once the last batch is released", async () => {
    const batches = await takeAll(await readerOf(new AbortController().signal));
    expect(batches.length).toBe(4);
    expect(readdirSync(temp).length).toBe(1);
    for (const batch of batches) await batch.release();
    expect(readdirSync(temp)).toEqual([]);
  });

  it("tells how far it is", async () => {
    const seen: number[] = [];
    await takeAll(
      await readerOf(new AbortController().signal, ({ filesDone }) => seen.push(filesDone)),
    );
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});

/** Four files, a batch each. */
async function readerOf(signal: AbortSignal, onProgress?: ReadOptions["onProgress"]) {
  const { files } = await listLocalSources([logs], { tempDir: temp, signal });
  return readBatches(files, {
    tempDir: temp,
    signal,
    threads: 1,
    maxBatchBytes: 1,
    ...(onProgress && { onProgress }),
  });
}

async function takeAll(reader: AsyncIterable<Batch>): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of reader) batches.push(batch);
  return batches;
}

let logs: string;
let temp: string;
beforeEach(() => {
  logs = mkdtempSync(path.join(tmpdir(), "turnaway-logs-"));
  temp = mkdtempSync(path.join(tmpdir(), "turnaway-temp-"));
  for (let i = 0; i < 4; i++)
    writeFileSync(path.join(logs, `${i}.log`), text(HEADER, ...records(10, i * 10)));
});
afterEach(() => {
  for (const dir of [logs, temp]) rmSync(dir, { recursive: true, force: true });
});
