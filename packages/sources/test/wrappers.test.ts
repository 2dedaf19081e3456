import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { HEADER, record, records, text } from "./fixtures.ts";
import { readAll } from "./read-all.ts";

const [one, two] = [record(1), record(2)];
const event = (message: string, id = 1) => ({
  logStreamName: "eni-1-all",
  timestamp: id,
  message,
  eventId: String(id),
});
const named = (line: string) =>
  Object.fromEntries(HEADER.split(" ").map((name, i) => [name, line.split(" ")[i] ?? ""]));
const insights = (line: string) =>
  Object.entries({ "@timestamp": "2025-11-19 00:00:00.000", "@ptr": "x", ...camel(line) }).map(
    ([field, value]) => ({ field, value }),
  );
const camel = (line: string) =>
  Object.fromEntries(
    Object.entries(named(line)).map(([name, value]) => [CAMEL[name] ?? name, value]),
  );
const CAMEL: Readonly<Record<string, string>> = {
  "account-id": "accountId",
  "interface-id": "interfaceId",
  srcaddr: "srcAddr",
  dstaddr: "dstAddr",
  srcport: "srcPort",
  dstport: "dstPort",
  "log-status": "logStatus",
};
const subscription = (...messages: string[]) => ({
  messageType: "DATA_MESSAGE",
  owner: "123456789012",
  logGroup: "/aws/vpc/flowlogs",
  logEvents: messages.map((message, id) => ({ id: String(id), timestamp: id, message })),
});
const control = {
  messageType: "CONTROL_MESSAGE",
  logEvents: [{ message: "CWL CONTROL MESSAGE: Checking health" }],
};

/** Everything here holds the same two records. */
const WRAPPERS: Readonly<Record<string, string | Uint8Array>> = {
  "plain text": text(HEADER, one, two),
  "text with double, leading and trailing spaces": text(
    ` ${HEADER.replaceAll(" ", "  ")} `,
    ` ${one} `,
    two.replace(" ", "   "),
  ),
  "text with tabs": text(HEADER, one.replaceAll(" ", "\t"), two),
  "text with quotes around each line": text(`"${HEADER}"`, `"${one}"`, `"${two}"`),
  "text with blank lines": `\n\n${HEADER}\n\n${one}\r\n \n${two}\n\n`,
  "text in UTF-16, little endian": Buffer.from(`\ufeff${one}\r\n${two}\r\n`, "utf16le"),
  "text in UTF-16, big endian": Buffer.from(`\ufeff${one}\r\n${two}\r\n`, "utf16le").swap16(),
  "gzip within gzip": gzipSync(gzipSync(text(one, two))),
  "the console's CSV": `timestamp,message\r\n1763510400000,${one}\r\n1763510400001,${two}\r\n`,
  "the console's CSV with quotes": `"timestamp","message"\n"1763510400000","${one}"\n"1763510400001","${two}\n"\n`,
  "the Insights console's CSV": `@timestamp,@message,@logStream\n2025-11-19 00:00:00.000,${one},eni-1\n2025-11-19 00:00:00.000,${two},eni-1\n`,
  "CSV of the fields": `${HEADER.replaceAll(" ", ",")}\n${one.replaceAll(" ", ",")}\n${two.replaceAll(" ", ",")}\n`,
  "CSV of the fields in another order": `${HEADER.split(" ").reverse().join(",").replaceAll("-", "_")}\n${one.split(" ").reverse().join(",")}\n${two.split(" ").reverse().join(",")}`,
  "CSV without header": `${one.replaceAll(" ", ",")}\n${two.replaceAll(" ", ",")}\n`,
  "CSV with semicolons": `${HEADER.replaceAll(" ", ";")}\n${one.replaceAll(" ", ";")}\n${two.replaceAll(" ", ";")}\n`,
  "aws logs filter-log-events": JSON.stringify(
    { events: [event(one), event(two, 2)], searchedLogStreams: [] },
    null,
    4,
  ),
  "aws logs tail": text(
    `2025-11-19T00:00:00.000000+00:00 eni-1-all ${one}`,
    `2025-11-19T00:00:00.000000+00:00 eni-1-all ${two}`,
  ),
  "events, one a line": text(JSON.stringify(event(one)), JSON.stringify(event(two))),
  "objects with a message, one a line": text(
    JSON.stringify({ message: one }),
    JSON.stringify({ message: two }),
  ),
  "an array of strings": JSON.stringify([one, two]),
  "Insights results with @message": JSON.stringify({
    status: "Complete",
    results: [one, two].map((value) => [
      { field: "@message", value },
      { field: "@ptr", value: "x" },
    ]),
  }),
  "Insights results with fields": JSON.stringify({
    status: "Complete",
    results: [insights(one), insights(two)],
  }),
  "objects with fields": JSON.stringify([named(one), named(two)]),
  "a subscription": JSON.stringify(subscription(one, two)),
  "subscriptions back to back with a control message": [
    control,
    subscription(one),
    subscription(two),
  ]
    .map((v) => JSON.stringify(v))
    .join(""),
  "Cribl events": JSON.stringify([
    { _raw: HEADER, source: "x", __collectible: { size: 1 } },
    { _raw: one },
    { _raw: two },
  ]),
  "Splunk results": text(
    JSON.stringify({ preview: false, result: { _raw: one } }),
    JSON.stringify({ preview: false, result: { _raw: two } }),
  ),
};

describe("what people export", () => {
  it.each(Object.entries(WRAPPERS))("%s gives the records as AWS wrote them", async (_, bytes) => {
    const { coverage, records: found } = await read(bytes);
    const lines = found.map((r) =>
      HEADER.split(" ")
        .map((name) => r[name.replaceAll("-", "_")])
        .join(" "),
    );
    expect(lines.sort()).toEqual([one, two]);
    expect(coverage).toMatchObject({ records: 2, malformed: 0 });
    expect(coverage.problems.filter(({ partial }) => partial)).toEqual([]);
  });
});

/** What is not read: the words that say what it looks like. */
const FOREIGN: readonly (readonly [what: string, bytes: string | Uint8Array])[] = [
  [
    "a CloudTrail JSON file",
    JSON.stringify({ Records: [{ eventVersion: "1.08", eventSource: "ec2.amazonaws.com" }] }),
  ],
  [
    "OCSF JSON (Security Lake)",
    JSON.stringify({ class_uid: 4001, src_endpoint: { ip: "10.0.0.1" } }),
  ],
  [
    "Azure network security group flow logs",
    JSON.stringify({ records: [{ properties: { flows: [] } }] }),
  ],
  [
    "Google Cloud VPC flow logs",
    JSON.stringify([{ jsonPayload: { connection: { src_ip: "10.0.0.1" } } }]),
  ],
  ["a JSON file with the keys alpha, beta", JSON.stringify({ alpha: 1, beta: 2 })],
  ["JSON that is damaged or cut off", `{"even`],
  [
    "a CSV file with the columns date, product, price, region, …",
    "date,product,price,region\n2025-01-01,x,1,eu\n",
  ],
  ["a zip archive", "PK\u0003\u0004rest"],
  ["an Excel workbook (xlsx)", "PK\u0003\u0004....xl/workbook.xml"],
  ["a bzip2 file", "BZh91AY"],
  ["an xz file", Buffer.from("fd377a585a0000", "hex")],
  ["a Zstandard file", Buffer.from("28b52ffd00", "hex")],
  ["a Snappy file", Buffer.from("ff060000734e61507059", "hex")],
  ["an Avro file", "Obj\u0001x"],
  ["an ORC file", "ORC\u0000\u0001"],
  ["a PDF document", "%PDF-1.7\n"],
  ["a PNG image", Buffer.from("89504e470d0a1a0a", "hex")],
  ["a program (ELF)", Buffer.from("7f454c4602010100", "hex")],
  ["an HTML page", "<!doctype html><html></html>"],
  [
    "a tar archive",
    gzipSync(
      Buffer.concat([
        Buffer.from("a.log".padEnd(257, "0")),
        Buffer.from("ustar\u000000"),
        Buffer.alloc(248),
      ]),
    ),
  ],
  ["binary data", Buffer.from(Array.from({ length: 500 }, (_, i) => i % 7))],
];

describe("what nobody can read as flow logs", () => {
  it.each(FOREIGN)("%s is refused by name", async (what, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "FORMAT_UNKNOWN", exitCode: 3 });
    await expect(read(bytes)).rejects.toThrow(`it looks like ${what}`);
  });

  it("is passed over beside files that are read", async () => {
    writeFileSync(path.join(dir, "b.log"), text(...records(3)));
    const { coverage } = await read("%PDF-1.7\n");
    expect(coverage).toMatchObject({
      files: 2,
      records: 3,
      problems: [{ code: "FORMAT_UNSUPPORTED", partial: false }],
    });
  });
});

describe("JSON that is partly damaged", () => {
  it("keeps the whole values and says that something is lost", async () => {
    const broken = `{"message": "${record(3)}`;
    const { coverage } = await read(
      text(JSON.stringify({ message: one }), broken, JSON.stringify({ message: two }), "garbage"),
    );
    expect(coverage).toMatchObject({ records: 4, malformed: 2 });
    expect(coverage.problems).toContainEqual(
      expect.objectContaining({ code: "JSON_DAMAGED", partial: true }),
    );
  });

  it.each([
    { missing: 60, kept: 1 },
    { missing: 20, kept: 2 },
    { missing: 0, kept: 2 },
  ])(
    "keeps the $kept whole events of a document that lacks its last $missing bytes",
    async ({ missing, kept }) => {
      const whole = JSON.stringify({
        events: [event(one), event(two)],
        searchedLogStreams: ["a", "b"],
        nextToken: null,
      });
      const { coverage } = await read(whole.slice(0, whole.length - missing));
      expect(coverage.records - coverage.malformed).toBe(kept);
      expect(coverage.problems.some(({ partial }) => partial)).toBe(kept < 2);
    },
  );

  it("counts events without a message as malformed", async () => {
    const { coverage } = await read(
      JSON.stringify({ events: [event(one), { timestamp: 1 }, event(two)] }),
    );
    expect(coverage).toMatchObject({
      lines: 3,
      records: 3,
      malformed: 1,
      problems: [{ code: "EVENT_INVALID" }],
    });
  });
});

async function read(bytes: string | Uint8Array) {
  // Named, not found in a folder: there it might be passed over.
  const file = path.join(dir, "export.dat");
  writeFileSync(file, bytes);
  return readAll([file, dir]);
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "turnaway-wrappers-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});
