import { describe, expect, test } from "vitest";
import { fits, ISSUE_ROOM, minus, share, takeRows } from "./room.ts";

test("a body has less room than GitHub takes", () => {
  expect(ISSUE_ROOM).toEqual({ units: 60_000, bytes: 250_000 });
});

describe("a text takes", () => {
  test.each([
    ["", 0, 0],
    ["abc", 3, 3],
    ["é", 1, 2],
    ["漢字", 2, 6],
    ["💥", 2, 4],
    ["\ud800", 1, 3],
  ])("%j: %i units and %i bytes", (text, units, bytes) => {
    expect(minus({ units: 10, bytes: 10 }, text)).toEqual({ units: 10 - units, bytes: 10 - bytes });
    expect(fits(text, { units, bytes })).toBe(true);
    expect(fits(`${text}x`, { units, bytes: 99 })).toBe(false);
    expect(fits(`${text}x`, { units: 99, bytes })).toBe(false);
  });
});

test("a share of room is whole units and bytes, and no more than that", () => {
  expect(share({ units: 101, bytes: 203 }, 0.5)).toEqual({ units: 50, bytes: 101 });
});

describe("rows", () => {
  test.each([
    [{ units: 8, bytes: 99 }, ["ab", "cd"], { units: 0, bytes: 91 }],
    [{ units: 7, bytes: 99 }, ["ab"], { units: 3, bytes: 95 }],
    [{ units: 99, bytes: 8 }, ["ab", "cd"], { units: 91, bytes: 0 }],
    [{ units: 99, bytes: 7 }, ["ab"], { units: 95, bytes: 3 }],
    [{ units: 99, bytes: 99 }, ["ab", "cd", "é"], { units: 88, bytes: 87 }],
  ])("in %o are %j, with a blank line after each", (room, rows, left) => {
    expect(takeRows(["ab", "cd", "é"], room)).toEqual({ rows, left });
  });

  test("that have no room are not asked for, nor is any after the first of them", () => {
    const asked: string[] = [];
    function* rows(): Iterable<string> {
      for (const row of ["a", "long row", "b", "c"]) {
        asked.push(row);
        yield row;
      }
    }
    expect(takeRows(rows(), { units: 6, bytes: 6 }, "\n").rows).toEqual(["a"]);
    expect(asked).toEqual(["a", "long row"]);
  });
});
