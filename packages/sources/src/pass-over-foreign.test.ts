import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { HEADER, record, text } from "../test/fixtures.ts";
import { listLocalSources } from "./list-local.ts";

const LOG = text(HEADER, record(1));
const PNG = Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1");
const TAR = Buffer.concat([Buffer.alloc(257), Buffer.from("ustar"), Buffer.alloc(250)]);

describe("a folder that holds more than flow logs", () => {
  const CASES: readonly (readonly [name: string, content: Buffer, read: boolean])[] = [
    ["README.txt", Buffer.from("These are our logs.\nAsk Ada.\n"), false],
    ["incidents.json", Buffer.from('{"schema":"x","seed":1}'), false],
    ["picture.png", PNG, false],
    ["backup.tar.gz", gzipSync(TAR), false],
    ["index.html", Buffer.from("<!doctype html><html></html>"), false],
    ["costs.csv", Buffer.from("month,service,usd\nmay,ec2,3\n"), false],
    // A log by its name or by what is in it.
    ["broken.log", Buffer.from("nothing of use\n"), true],
    ["picture.log.gz", PNG, true],
    ["000000.gz", gzipSync(LOG), true],
    ["records", LOG, true],
    ["custom.txt", text("10.0.0.1 10.0.0.2 REJECT 3", "10.0.0.1 10.0.0.2 ACCEPT 9"), true],
    ["events.json", Buffer.from(JSON.stringify({ events: [{ message: record(1) }] })), true],
    ["huge.json", Buffer.from(`{"events":[${" ".repeat(2_000_000)}]}`), true],
    ["empty.txt", Buffer.alloc(0), true],
  ];

  it.each(CASES)("looks at %s", async (name, content, read) => {
    writeFileSync(path.join(dir, "real.log"), LOG);
    writeFileSync(path.join(dir, name), content);
    const { files, problems } = await list([dir]);
    const listed = files.map((file) => path.basename(file.path));
    expect(listed.toSorted()).toEqual(read ? [name, "real.log"].toSorted() : ["real.log"]);
    expect(problems.map(({ code, where, partial }) => [code, where, partial])).toEqual(
      read ? [] : [["FORMAT_UNSUPPORTED", path.join(dir, name), false]],
    );
  });

  it("reads what a person named, whatever it looks like", async () => {
    const file = path.join(dir, "picture.png");
    writeFileSync(file, PNG);
    expect((await list([file])).files.map(({ name }) => name)).toEqual([file]);
    expect((await list([dir, file])).files).toHaveLength(1);
    const stdin = await listLocalSources(["-"], {
      ...options(),
      stdin: Readable.from(["hello\n"]),
    });
    expect(stdin.files).toHaveLength(1);
  });

  it("says what is there when none of it is a flow log", async () => {
    writeFileSync(path.join(dir, "README.txt"), "hello\n");
    const listing = list([dir]);
    await expect(listing).rejects.toMatchObject({ code: "FORMAT_UNKNOWN", exitCode: 3 });
    await expect(listing).rejects.toThrow(/README\.txt.*text without a flow-log record/);
  });
});

let dir: string;
beforeEach(() => void (dir = mkdtempSync(path.join(tmpdir(), "turnaway-test-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function options() {
  return { tempDir: path.join(dir, ".temp"), signal: new AbortController().signal };
}

function list(specs: readonly string[]) {
  return listLocalSources(specs, options());
}
