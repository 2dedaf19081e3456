import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { JsonSplitter } from "./json-splitter.ts";

describe("JsonSplitter", () => {
  const CASES: readonly (readonly [
    name: string,
    text: string,
    values: readonly (string | undefined)[],
  ])[] = [
    ["takes one document whole", ' {"a": [1, {"b": "}"}]} ', ['{"a": [1, {"b": "}"}]}']],
    [
      "takes the elements of an array",
      '[{"a":1}, {"b":[2]},\n"c"]',
      ['{"a":1}', '{"b":[2]}', '"c"'],
    ],
    ["takes one value a line", '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ["takes values back to back", '{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
    ["is not misled by quotes and brackets in strings", '{"a":"\\"}]{"}', ['{"a":"\\"}]{"}']],
    ["goes on behind a value that broke off", '{"a":"x\n{"b":2}\n', [undefined, '{"b":2}']],
    ["hands on what is no value", '{"a":1}\nnonsense\n{"b":2}', ['{"a":1}', undefined, '{"b":2}']],
    [
      "takes the events of a document that broke off",
      '{"events": [{"a":1}, {"b":',
      ['{"a":1}', undefined],
    ],
    ["takes nothing behind the events", '{"events": [{"a":1}], "more": ["x"', ['{"a":1}']],
    [
      "leaves a control message alone",
      '{"messageType":"CONTROL_MESSAGE","logEvents":[{"a":1},',
      [undefined],
    ],
  ];

  it.each(CASES)("%s", (_, text, values) => {
    expect(split([Buffer.from(text)])).toEqual(values);
  });

  it("gives the same however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), fc.array(fc.nat(60)), ([, text], cuts) => {
        const at = [0, ...cuts, text.length]
          .map((cut) => Math.min(cut, text.length))
          .toSorted((a, b) => a - b);
        const pieces = at.slice(1).map((end, i) => Buffer.from(text).subarray(at[i], end));
        expect(split(pieces)).toEqual(split([Buffer.from(text)]));
      }),
    );
  });

  it("takes the events of a document that is too long to hold", () => {
    const events = Array.from({ length: 20 }, (_, n) => `{"message":"${n}"}`);
    expect(split([Buffer.from(`{"events":[${events.join(",")}],"next":null}`)], 40)).toEqual(
      events,
    );
  });
});

function split(pieces: readonly Buffer[], maxValueBytes = 1000): (string | undefined)[] {
  const values: (string | undefined)[] = [];
  const splitter = new JsonSplitter((value) => values.push(value), maxValueBytes);
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return values;
}
