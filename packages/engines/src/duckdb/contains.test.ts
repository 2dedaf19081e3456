import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseCidr } from "@turnaway/core";
import { DEFAULT_SETTINGS, PLACEHOLDERS } from "@turnaway/sql";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";

// `contains` is Trino's; DuckDB has it from the macro table. It has to be the arithmetic of core.

const folder = mkdtempSync(join(tmpdir(), "turnaway-contains-"));
let session: DuckdbSession;
beforeAll(async () => {
  session = await openDuckdb({ tempDir: folder, threads: 1 });
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ["10.0.0.0/8", "10.255.255.255", true],
  ["10.0.0.0/8", "11.0.0.0", false],
  ["172.16.0.0/12", "172.31.255.255", true],
  ["172.16.0.0/12", "172.32.0.0", false],
  ["0.0.0.0/0", "203.0.113.9", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["192.0.2.1/32", "192.0.2.1", true],
  ["10.0.0.0/8", "::ffff:10.0.0.1", true],
  ["::/0", "::ffff:10.0.0.1", false],
  ["::/0", "::", true],
  ["2001:db8::/33", "2001:db8:7fff::1", true],
  ["2001:db8::/33", "2001:db8:8000::1", false],
  ["fc00::/7", "fdff::1", true],
  ["fe80::/10", "fe80::1%eth0", true],
  ["::1/128", "::1", true],
  ["2001:db8:0:0:0:0:0:1/128", "2001:db8::1", true],
])("contains('%s', '%s') is %s", async (cidr, address, expected) => {
  expect(await contains(cidr, [address])).toEqual([expected]);
});

it("contains answers NULL for NULL", async () => {
  const result = await session.connection.runAndReadAll("SELECT contains('10.0.0.0/8', NULL)");
  expect(result.getRows()).toEqual([[null]]);
});

it("contains agrees with core over any range and address", async () => {
  // An IPv4 address inside an IPv6 one has cases of its own above.
  const ipV6 = fc.ipV6().filter((text) => !text.includes("."));
  const ranges = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(ipV6, fc.integer({ min: 0, max: 128 })),
  );
  const addresses = fc.array(fc.oneof(fc.ipV4(), ipV6), { minLength: 20 });
  const asLogged = (address: string): string => parseCidr(address)!.text.split("/")[0]!;
  await fc.assert(
    fc.asyncProperty(ranges, addresses, async ([base, prefix], others) => {
      const range = parseCidr(`${asLogged(base)}/${prefix}`)!;
      const all = [base, ...others].map(asLogged);
      expect(await contains(range.text, all)).toEqual(all.map((a) => range.contains(a)));
    }),
    { numRuns: 40 },
  );
});

it("an address is local in exactly the local ranges", async () => {
  const addresses = [
    "10.1.2.3",
    "100.64.0.1",
    "169.254.1.1",
    "fd00::1",
    "8.8.8.8",
    "2001:db8::1",
    "-",
  ];
  const local = PLACEHOLDERS["local"]!(DEFAULT_SETTINGS, "a");
  const result = await session.connection.runAndReadAll(
    `SELECT ${local} FROM (SELECT unnest(${list(addresses)}) AS a) AS t`,
  );
  expect(result.getRows().flat()).toEqual([true, true, true, true, false, false, false]);
});

async function contains(cidr: string, addresses: readonly string[]): Promise<unknown[]> {
  const result = await session.connection.runAndReadAll(
    `SELECT contains('${cidr}', try_cast(a AS ipaddress)) FROM (SELECT unnest(${list(addresses)}) AS a) AS t`,
  );
  return result.getRows().flat();
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(", ")}]`;
}
