import { SEVERITIES, VERDICTS } from "@turnaway/core";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  digest,
  readState,
  stateKey,
  withoutState,
  writeState,
  type IssueState,
} from "./issue-state.ts";

const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }));
const state: fc.Arbitrary<IssueState> = fc.record({
  day: fc.constantFrom("2026-11-19", "2028-02-29"),
  verdict: fc.constantFrom(...VERDICTS),
  clearDays: fc.nat(90),
  closedByUs: fc.boolean(),
  title: text,
  findings: fc
    .array(
      fc.tuple(
        text.map(stateKey),
        fc.record({
          firstSeen: fc.nat(),
          severity: fc.constantFrom(...SEVERITIES),
        }),
      ),
    )
    .map((entries) => new Map(entries)),
  omitted: fc.nat(),
  expiring: fc.array(text, { maxLength: 5 }).map((keys) => new Set(keys)),
  lost: fc.constantFrom(null, "missing", "damaged"),
  continued: fc.nat(3),
  content: fc.constant("0123456789abcdef"),
  written: fc.constant("fedcba9876543210"),
});

test("what is written is read again, on one line that no text can break", () => {
  fc.assert(
    fc.property(state, (state) => {
      const line = writeState(state);
      expect(line).toMatch(/^<!-- turnaway:state:1:[0-9a-f]{16}:[A-Za-z0-9+/=]+ -->$/);
      expect(readState(`before\n${line}\nafter`)).toEqual({ kind: "state", state });
    }),
    { seed: 5 },
  );
});

test("any change of the line is noticed", () => {
  fc.assert(
    fc.property(state, fc.nat(), fc.constantFrom("A", "b", "7", "="), (state, at, letter) => {
      const line = writeState(state);
      const start = "<!-- turnaway:state:".length;
      const index = start + (at % (line.length - start - 4));
      const changed = line.slice(0, index) + letter + line.slice(index + 1);
      const expected = changed === line ? "state" : "damaged";
      expect(readState(changed).kind).toBe(expected);
    }),
    { seed: 5 },
  );
});

describe("what is no state of ours", () => {
  const cases: [name: string, text: string, kind: string][] = [
    ["nothing", "", "missing"],
    ["a code span", "- `<!-- turnaway:state:1:0:0 -->`", "missing"],
    ["another version", "<!-- turnaway:state:2:0:0 -->", "damaged"],
    ["half a line", "<!-- turnaway:state:1:ab -->", "damaged"],
    ["a sentence that has it", "See <!-- turnaway:state:1:0:0 -->", "missing"],
    ["a line that goes on", "<!-- turnaway:state:1:0:0 --> and more", "missing"],
    ["what was never packed", checked("AAAA"), "damaged"],
    ["what is no JSON", checked(packed("{")), "damaged"],
    ["what is another JSON", checked(packed('{"d":"2026-11-19"}')), "damaged"],
    ["a severity that there is not", wire({ f: [["a", 1, SEVERITIES.length]] }), "damaged"],
    ["what unpacks to more than a state ever was", wire({ t: "x".repeat(5e6) }), "damaged"],
    ["a state", wire({ f: [["a", 1, SEVERITIES.length - 1]] }), "state"],
  ];
  test.each(cases)("%s", (_, text, kind) => {
    expect(readState(text).kind).toBe(kind);
  });
});

test("of too many findings the first stay, and the rest is counted", () => {
  const findings = new Map(
    Array.from({ length: 20_000 }, (_, index) => [
      `internal-denied/10.${index >> 8}.${index & 255}.${(index * 7919) & 255}/tcp/${index}`,
      { firstSeen: 1_793_500_000, severity: "high" as const },
    ]),
  );
  const [sample] = fc.sample(state, { seed: 5, numRuns: 1 });
  const line = writeState({ ...sample!, findings, omitted: 0 });
  expect(line.length).toBeLessThanOrEqual(12_000);
  const read = readState(line);
  if (read.kind !== "state") throw new Error(read.kind);
  const kept = [...read.state.findings.keys()];
  expect(kept.length).toBeGreaterThan(500);
  expect(kept).toEqual([...findings.keys()].slice(0, kept.length));
  expect(kept.length + read.state.omitted).toBe(20_000);
});

test("of a few too many findings a fifth goes", () => {
  const [sample] = fc.sample(state, { seed: 5, numRuns: 1 });
  const write = (count: number): readonly string[] => {
    const findings = new Map(
      Array.from({ length: count }, (_, index) => [
        // Digests are not packed any smaller.
        ["a", "b", "c", "d"].map((each) => digest(each + String(index))).join(""),
        { firstSeen: index * 7919, severity: "high" as const },
      ]),
    );
    const read = readState(writeState({ ...sample!, findings, omitted: 0 }));
    return read.kind === "state" ? [...read.state.findings.keys()] : [];
  };
  let count = 150;
  while (write(count).length === count) count += 1;
  expect(write(count)).toHaveLength(Math.floor(count * 0.8));
});

test("of the mutes that end a hundred are remembered", () => {
  const [sample] = fc.sample(state, { seed: 5, numRuns: 1 });
  const keys = Array.from({ length: 120 }, (_, index) => `key ${index}`);
  const read = readState(writeState({ ...sample!, findings: new Map(), expiring: new Set(keys) }));
  expect(read).toMatchObject({ kind: "state", state: { expiring: new Set(keys.slice(0, 100)) } });
});

test.each([
  ["first\n<!-- turnaway:state:1:a:b -->\nlast", "first\nlast"],
  ["first\n<!-- turnaway:state:1:a:b -->", "first\n"],
  ["<!-- turnaway:state:1:a:b -->\n<!-- turnaway:state:x", ""],
  ["a <!-- turnaway:state:1:a:b -->", "a <!-- turnaway:state:1:a:b -->"],
])("without its state %j is %j", (ours, expected) => {
  expect(withoutState(ours)).toBe(expected);
});

test("a key of up to 120 characters stands for itself, a longer one for its digest", () => {
  expect(stateKey("k".repeat(120))).toBe("k".repeat(120));
  expect(stateKey("k".repeat(121))).toBe(`#${digest("k".repeat(121))}`);
  expect(stateKey("k".repeat(122))).not.toBe(stateKey("k".repeat(121)));
});

// What a run would read, with something else in it.
function wire(more: object): string {
  const clear = { d: "2026-11-19", v: "clear", c: 1, x: false, t: "", f: [], o: 0, e: [], l: null };
  return checked(packed(JSON.stringify({ ...clear, n: 0, h: "", w: "", ...more })));
}

function packed(text: string): string {
  return deflateRawSync(text).toString("base64");
}

function checked(payload: string): string {
  return `<!-- turnaway:state:1:${digest(payload)}:${payload} -->`;
}
