import { describe, expect, test } from "vitest";
import { webAddress } from "./web-address.ts";

describe("a link leads to", () => {
  test.each([
    ["https://console.aws.amazon.com/athena/home?region=eu-central-1#/q/0a1b", null],
    ["http://trino.example:8080/ui/query.html?q1", null],
    ["HTTPS://Example.com", "https://example.com/"],
    ["https://a.example/it's", "https://a.example/it%27s"],
    ["https://a.example/?q={|}^`\\", "https://a.example/?q=%7b%7c%7d%5e%60%5c"],
    ['https://a.example/#"<x>', "https://a.example/#%22%3Cx%3E"],
  ])("%s", (text, expected) => {
    expect(webAddress(text)).toBe(expected ?? text);
  });
});

describe("no link leads to", () => {
  test.each([
    "",
    "not an address",
    "//a.example/x",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://a.example/x",
    "https://kim@a.example/",
    "https://:secret@a.example/",
  ])("%s", (text) => {
    expect(webAddress(text)).toBeNull();
  });
});

test("an address is as long as browsers take", () => {
  const start = "https://a.example/";
  const longest = start + "x".repeat(2000 - start.length);
  expect(webAddress(longest)).toBe(longest);
  expect(webAddress(`${longest}x`)).toBeNull();
});
