import { describe, expect, it } from "vitest";

import { bindParameters } from "./compose.ts";

describe("bindParameters", () => {
  const values = { port: 443, name: "it's", any_list: null };

  it.each([
    ["no parameter", "SELECT 1", "SELECT 1", []],
    ["one", "WHERE port = :port", "WHERE port = ?", [443]],
    ["one twice", "a = :port OR b = :port", "a = ? OR b = ?", [443, 443]],
    ["several in their order", ":name, :port, :any_list", "?, ?, ?", ["it's", 443, null]],
    ["next to punctuation", "(:port,:name)", "(?,?)", [443, "it's"]],
    ["text that looks like one", "WHERE t = ' :port '", "WHERE t = ' :port '", []],
    [
      "text with a doubled quote",
      "t = 'it''s :port' AND p = :port",
      "t = 'it''s :port' AND p = ?",
      [443],
    ],
    ["a quoted name", 'SELECT ":port" AS "a"":name"', 'SELECT ":port" AS "a"":name"', []],
    ["a comment", "-- not :port, it's\nSELECT :port", "-- not :port, it's\nSELECT ?", [443]],
    ["text with a comment's dashes", "t = '--' AND p = :port", "t = '--' AND p = ?", [443]],
    ["a cast of another dialect", "a::port", "a::port", []],
    ["a time in text", "t = '10:port:00'", "t = '10:port:00'", []],
  ])("binds %s", (_case, sql, bound, params) => {
    expect(bindParameters("test", sql, values)).toEqual({ name: "test", sql: bound, params });
  });

  it("calls a missing value a bug, with the statement's name", () => {
    expect(() => bindParameters("top-rejected", "p = :other", values)).toThrow(
      "parameter without a value (top-rejected): :other stands in the statement.",
    );
  });
});
