import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { DEFAULT_FIELDS } from "@turnaway/core/fields";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { HEADER, records, storedGzip, text } from "../test/fixtures.ts";
import { makeClaims, type Claims } from "./claims.ts";
import { formatPaths } from "./clean-output.ts";
import { columnsOfFields } from "./column-class.ts";
import { readSourceFile } from "./read-file.ts";

const plain = text(HEADER, ...records(5000));
const HOLD = { all: 2 ** 30, nothing: 100 };

describe("readSourceFile", () => {
  const FILES: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ["plain text", plain],
    ["gzip", gzipSync(plain)],
    [
      "gzip of several members",
      Buffer.concat([gzipSync(plain.subarray(0, 1000)), gzipSync(plain.subarray(1000))]),
    ],
    [
      "JSON",
      Buffer.from(JSON.stringify({ events: records(2000).map((message) => ({ message })) })),
    ],
  ];

  it.each(FILES)("reads %s that is too large to hold as it reads a small one", async (_, bytes) => {
    const small = await read(bytes, HOLD.all);
    const large = await read(bytes, HOLD.nothing);
    expect(large.outcome.tally).toEqual(small.outcome.tally);
    expect(large.outcome.content).toEqual(small.outcome.content);
    expect(large.lines).toEqual(small.lines);
  });

  it("keeps most of a large gzip file that is cut off", async () => {
    const whole = storedGzip(text(HEADER, ...records(20_000)));
    const { outcome } = await read(whole.subarray(0, -50_000), HOLD.nothing);
    expect(outcome.problems).toMatchObject([{ code: "GZIP_TRUNCATED", partial: true }]);
    expect(outcome.tally?.records).toBeGreaterThan(10_000);
  });

  it("stops a large gzip file at the limit of bytes", async () => {
    const { outcome } = await read(gzipSync(text(HEADER, ...records(20_000))), HOLD.nothing, {
      maxBytes: 500_000,
    });
    expect(outcome.problems).toMatchObject([{ code: "GZIP_RATIO", partial: true }]);
  });

  it.each(Object.entries(HOLD))(
    "writes nothing for a content that was claimed (hold %s)",
    async (_, holdBytes) => {
      await read(plain, holdBytes);
      const before = readdirSync(dir).toSorted();
      const { outcome } = await read(gzipSync(plain), holdBytes);
      expect(outcome).toMatchObject({ claimed: true, clean: [] });
      expect(readdirSync(dir).toSorted()).toEqual(before);
    },
  );
});

async function read(bytes: Uint8Array, holdBytes: number, { maxBytes = 2 ** 40 } = {}) {
  const file = path.join(dir, "source");
  writeFileSync(file, bytes);
  const name = `clean-${holdBytes}-${Math.random()}`;
  const pathOf = formatPaths(dir, name);
  const settings = {
    fallbacks: [columnsOfFields(DEFAULT_FIELDS)],
    limits: { holdBytes, maxBytes, maxRatio: 250, maxLineBytes: 1e6 },
    claims: holdBytes === HOLD.all ? claims : (others ??= makeClaims(10)),
    sharedPath: pathOf,
    ownPath: pathOf,
  };
  const outcome = await readSourceFile(file, settings, { claim: true });
  const lines = outcome.clean.flatMap((clean) => readFileSync(clean.path, "utf8").split("\n"));
  return { outcome, lines: lines.toSorted() };
}

let dir: string;
let claims: Claims;
let others: Claims | undefined;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "turnaway-read-file-"));
  claims = makeClaims(10);
  others = undefined;
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});
