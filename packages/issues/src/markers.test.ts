import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bodyDay,
  commentMarker,
  commentPurpose,
  frame,
  joinBody,
  reportMarker,
  splitBody,
} from "./markers.ts";

const NAME = "production";
const DAY = "2026-11-19";
const person = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\n",
        "\r\n",
        "<!-- note -->",
        "`<!-- turnaway:report:production -->`",
        " <!-- turnaway:report:production -->",
        "<!-- turnaway:report:other -->",
        "<!-- turnaway:state:1:0:0 -->",
        "<!-- turnaway:end:production -->",
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => splitBody(text, NAME) === undefined);

test("what people write around ours comes back as it was", () => {
  fc.assert(
    fc.property(person, person, person, (before, after, text) => {
      const ours = frame(
        NAME,
        DAY,
        text.replaceAll(/<!-- turnaway:end.*/g, "").replaceAll("\r", ""),
      );
      const parts = splitBody(joinBody({ before, ours, after }), NAME);
      expect(parts).toEqual({ before, ours, after });
      const next = frame(NAME, "2026-11-20", "next");
      const written = joinBody({ ...parts!, ours: next });
      expect(splitBody(written, NAME)).toEqual({ before, ours: next, after });
    }),
    { seed: 5 },
  );
});

describe("a body that was edited", () => {
  const ours = frame(NAME, DAY, "text\n\n<!-- turnaway:state:1:0:0 -->");
  const cases: [name: string, body: string, after: string | undefined][] = [
    ["with the line ends of a form is found", ours.replaceAll("\n", "\r\n"), ""],
    [
      "without the last marker ends with the state",
      `${ours.replace(/\n<!-- turnaway:end.*$/, "")}\nmine`,
      "mine",
    ],
    ["without both ends at once", `${reportMarker(NAME)}\nmine`, "mine"],
    ["without the first marker is not ours", ours.replace(/^.*\n/, ""), undefined],
    ["with the marker quoted is not ours", `> ${ours}`, undefined],
    [
      "with the marker of another report is not ours",
      ours.replace(":production", ":other"),
      undefined,
    ],
  ];
  test.each(cases)("%s", (_, body, after) => {
    expect(splitBody(body, NAME)?.after).toBe(after);
  });
});

test("the day is read from its own line only", () => {
  expect(bodyDay(frame(NAME, DAY, "x"))).toBe(DAY);
  expect(bodyDay("text `<!-- turnaway:day:2026-01-01 -->`")).toBeUndefined();
});

test("a comment is known by the whole of its first line", () => {
  expect(commentPurpose(`${commentMarker(NAME, "a:b")}\n\ntext`, NAME)).toBe("a:b");
  expect(commentPurpose(`${commentMarker(NAME, "a:b")} and more`, NAME)).toBeUndefined();
  expect(commentPurpose(`x\n${commentMarker(NAME, "a:b")}`, NAME)).toBeUndefined();
  expect(commentPurpose(commentMarker("other", "a:b"), NAME)).toBeUndefined();
});
