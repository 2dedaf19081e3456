import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { HEADER } from "./fixtures.ts";
import { readAll, type Everything } from "./read-all.ts";

/**
 * One set of lines, stored in many ways: the answer is that of the plainest, one file
 * of plain text. Every line differs from the others, so no two files are duplicates.
 */
describe("the answer does not depend on how the records are stored", () => {
  it("whatever the files, their order, packing, headers and wrappers", async () => {
    await fc.assert(
      fc.asyncProperty(lines, storages, async (all, storage) => {
        const plain = await readStored({ "all.log": Buffer.from(text(withHeader(all))) });
        const stored = await readStored(store(all, storage));
        expect(stored.lines).toEqual(plain.lines);
        expect(countsOf(stored)).toEqual(countsOf(plain));
        expect(stored.lines.length + stored.coverage.malformed).toBe(stored.coverage.records);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it("however often the files are given", async () => {
    await fc.assert(
      fc.asyncProperty(lines, storages, async (all, storage) => {
        const files = store(all, storage);
        const copies = Object.entries(files).map(
          ([name, bytes]) => [`copy-${name}`, bytes] as const,
        );
        const once = await readStored(files);
        const twice = await readStored({ ...files, ...Object.fromEntries(copies) });
        expect(twice.lines).toEqual(once.lines);
        expect(countsOf(twice)).toEqual(countsOf(once));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it("when copies hold only lines that fit no format", async () => {
    const bytes = Buffer.from("2 123 eni-0\n");
    const good = Buffer.from(
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 443 6 1 40 1763510400 1763510460 ACCEPT OK\n",
    );
    const once = await readStored({ "a.log": bytes, "good.log": good });
    const twice = await readStored({ "a.log": bytes, "b.log": bytes, "good.log": good });
    expect(countsOf(twice)).toEqual(countsOf(once));
  });

  it("with any number of threads and any size of batch", async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        storages,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 5000 }),
        async (all, storage, threads, maxBatchBytes) => {
          const files = store(all, storage);
          const once = await readStored(files);
          const other = await readStored(files, { threads, maxBatchBytes });
          expect(other.lines).toEqual(once.lines);
          expect(countsOf(other)).toEqual(countsOf(once));
          expect(problemsOf(other)).toEqual(problemsOf(once));
        },
      ),
      { numRuns: 10 },
    );
  }, 120_000);
});

const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant("-"));
const int = (max: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.nat(max).map(String) },
    { weight: 1, arbitrary: fc.constant("-") },
  );
const time = fc.oneof(
  fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }).map(String),
  fc.constantFrom("0", "1763510400123", "-"),
);
const goodRecord = fc
  .tuple(
    fc.constantFrom("2", "3", "-"),
    fc.constantFrom("123456789012", "unknown", "caf\u00e9"),
    address,
    address,
    int(65_535),
    int(65_535),
    int(255),
    fc.oneof(int(1e6), fc.constantFrom("9223372036854775807", "0")),
    int(1e9),
    time,
    time,
    fc.constantFrom("ACCEPT", "REJECT", "-"),
    fc.constantFrom("OK", "NODATA", "SKIPDATA"),
  )
  .map(([version, account, ...rest]) => [version, account, "ENI", ...rest].join(" "));
const badRecord = fc.constantFrom(
  "2 123 ENI",
  "2 123456789012 ENI 10.0.0.1 10.0.0.2 99999 443 6 1 40 1763510400 1763510460 ACCEPT OK",
  "2 123456789012 ENI 10.0.0.1 10.0.0.2 1 443 6 1 9223372036854775808 1763510400 1763510460 ACCEPT OK",
  "2 123456789012 ENI 10.0.0.1 10.0.0.2 1 443 6 1 40 1763510400 1763510460 ACCEPT OK and more",
  "ENI is not a record at all",
);
/** Lines that all differ: each has an interface of its own. */
const lines = fc
  .array(fc.oneof({ weight: 6, arbitrary: goodRecord }, { weight: 1, arbitrary: badRecord }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((all) => all.map((line, i) => line.replace("ENI", `eni-${i}`)));

/** How one file stores its share of the lines. */
interface Storage {
  readonly wrapper: keyof typeof WRAPPERS;
  readonly packing: "plain" | "gzip" | "members" | "stored";
  readonly header: boolean;
}

const storages = fc.array(
  fc.record<Storage>({
    wrapper: fc.constantFrom(
      "text",
      "crlf",
      "spaces",
      "stamped",
      "console",
      "events",
      "ndjson",
      "cribl",
    ),
    packing: fc.constantFrom("plain", "gzip", "members", "stored"),
    header: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

const WRAPPERS = {
  text: (all: readonly string[]) => text(all),
  crlf: (all: readonly string[]) => all.join("\r\n"),
  spaces: (all: readonly string[]) =>
    all.map((line) => ` ${line.replaceAll(" ", "  ")} \n`).join(""),
  stamped: (all: readonly string[]) =>
    all.map((line) => `2025-11-19T00:00:00.000Z ${line}\n`).join(""),
  console: (all: readonly string[]) =>
    ["timestamp,message", ...all.map((line, i) => `${i},"${line}"`)].join("\n"),
  events: (all: readonly string[]) =>
    JSON.stringify({ events: all.map((message) => ({ message })) }, null, 2),
  ndjson: (all: readonly string[]) =>
    all.map((message) => `${JSON.stringify({ message })}\n`).join(""),
  cribl: (all: readonly string[]) => JSON.stringify(all.map((_raw) => ({ _raw, host: "x" }))),
} as const;

/** Deals the lines out to the files, round robin. The first has a header, or a lone bad line would be all there is. */
function store(all: readonly string[], storage: readonly Storage[]): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (const [i, { wrapper, packing, header }] of storage.entries()) {
    const share = all.filter((_, n) => n % storage.length === i);
    const content = Buffer.from(WRAPPERS[wrapper](header || i === 0 ? withHeader(share) : share));
    files[`${i}-${packing}.log`] = pack(content, packing);
  }
  return files;
}

function pack(content: Buffer, packing: Storage["packing"]): Buffer {
  const half = content.length >> 1;
  switch (packing) {
    case "plain":
      return content;
    case "gzip":
      return gzipSync(content);
    case "members":
      return Buffer.concat([gzipSync(content.subarray(0, half)), gzipSync(content.subarray(half))]);
    case "stored":
      return gzipSync(content, { level: 0 });
  }
}

function withHeader(share: readonly string[]): string[] {
  return [HEADER, ...share];
}

function text(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

/** What may not change. Lines and headers are those of the storage. */
function countsOf({ coverage }: Everything) {
  const formats = coverage.formats.map(({ fields, records }) => ({ fields, records }));
  return { records: coverage.records, malformed: coverage.malformed, formats };
}

function problemsOf({ coverage }: Everything) {
  return coverage.problems.map(
    ({ code, where, detail }) => `${code} ${path.basename(where)} ${detail}`,
  );
}

async function readStored(
  files: Readonly<Record<string, Buffer>>,
  options = {},
): Promise<Everything> {
  const dir = mkdtempSync(path.join(tmpdir(), "turnaway-invariance-"));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(dir, name), bytes);
    return await readAll([dir], options);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
