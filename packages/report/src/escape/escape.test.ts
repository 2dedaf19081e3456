import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { parseFragment, serialize } from "parse5";
import { expect, test, vi } from "vitest";
import { hostileText } from "../hostile-text.ts";
import {
  csvLine,
  htmlText,
  jsonText,
  markdownCode,
  markdownCodeCell,
  markdownText,
  markdownTextCell,
  terminalLine,
  terminalText,
  visibleText,
} from "./index.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

// As GitHub reads it: HTML allowed, bare URLs become links, tables.
const github = new MarkdownIt({ html: true, linkify: true });
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function holds(check: (text: string) => void, numRuns = 500): void {
  fc.assert(fc.property(hostileText(), check), { numRuns });
}

test("D31: visible text is one line without anything unseen", () => {
  holds((text) => {
    const seen = visibleText(text);
    expect(seen).not.toMatch(UNSEEN);
    expect(seen.length).toBeLessThanOrEqual(300);
    expect(visibleText(seen)).toBe(seen);
  });
});

test.each([
  ["plain text stays", "orders-api 10.0.3.7", "orders-api 10.0.3.7"],
  ["line breaks and tabs become spaces", "a\r\nb\tc", "a  b c"],
  ["terminal sequences lose their escape", "\u001b[31mx\u009b", "�[31mx�"],
  ["right-to-left override shows", "\u202egpj.exe", "�gpj.exe"],
  ["a run of zero-width characters is one sign", "a\u200b\u200d\ufeffb", "a�b"],
  ["a lone surrogate shows", "a\ud800b", "a�b"],
  ["other scripts stay", "équipe 漢字 فريق", "équipe 漢字 فريق"],
  ["emoji stay", "team 😀❤️", "team 😀❤"],
  ["stacked marks are thinned", `e${"\u0301".repeat(9)}`, `e${"\u0301".repeat(3)}`],
])("%s", (_, text, expected) => {
  expect(visibleText(text)).toBe(expected);
});

test("D27: a long value is cut with an ellipsis and never in a surrogate pair", () => {
  expect(visibleText(`${"a".repeat(298)}😀b`)).toBe(`${"a".repeat(298)}…`);
  expect(visibleText("a".repeat(300))).toBe("a".repeat(300));
  expect(visibleText(`😀${"a".repeat(400)}`)).toBe(`😀${"a".repeat(297)}…`);
});

test("a value in Markdown is exactly one code span with its own text, and no workflow command", () => {
  holds((text) => {
    const tokens = github.parseInline(`before ${markdownCode(text)} after`, {})[0]!.children!;
    const kinds = tokens.map(({ type }) => type);
    const seen = terminalText(text);
    expect(kinds).toEqual(seen.trim() === "" ? ["text"] : ["text", "code_inline", "text"]);
    if (kinds.length > 1) expect(tokens[1]!.content).toBe(seen);
  });
});

test("values in a Markdown table keep its columns and their own text", () => {
  holds((text) => {
    const row = `| ${markdownCodeCell(text)} | ${markdownTextCell(text)} | end |`;
    const tokens = github.parse(`| a | b | c |\n|---|---|---|\n${row}\n\nafter\n`, {});
    expect(tokens.filter(({ type }) => type === "td_open")).toHaveLength(3);
    expect(tokens.filter(({ type }) => type === "table_close")).toHaveLength(1);
    const cells = tokens.filter(({ type }) => type === "inline").slice(3);
    const code = cells[0]!.children!.find(({ type }) => type === "code_inline");
    if (terminalText(text).trim() !== "") expect(code?.content).toBe(terminalText(text));
    expect(cells[2]!.content).toBe("end");
  });
});

test("a sentence in Markdown is words and code spans and nothing else", () => {
  holds((text) => {
    const [open, inline, close, ...more] = github.parse(markdownText(text), {});
    expect([open!.type, close!.type, more]).toEqual(["paragraph_open", "paragraph_close", []]);
    for (const { type, content } of inline!.children!) {
      expect(["text", "code_inline"]).toContain(type);
      if (type === "text")
        expect(content).not.toMatch(/[@#<>[\]|*_~$\\`&]|:\/\/|::|-->|\bGH-\d|\bwww\./);
    }
    const said = inline!.children!.map(({ content }) => content).join("");
    const letters = (value: string): string => value.replace(/[\s`]/g, "");
    if (said !== "(empty)") expect(letters(said)).toBe(letters(visibleText(text, 2000)));
  });
});

test.each([
  ["10.0.3.7 is refused since 14:05.", "`10.0.3.7` is refused since 14:05."],
  ["(10.0.3.7).", "(`10.0.3.7`)."],
  ["see `mutes.yml until` and `@x`, #12.", "see `mutes.yml until` and `@x`, `#12`."],
  ["1. a", "`1`. a"],
  ["- a", "`-` a"],
  ["switched off - a group changed", "switched off - a group changed"],
  ["# a", "`#` a"],
  ["    a", "a"],
  ["GH-12 deadbeef1 1234567", "`GH-12 deadbeef1 1234567`"],
  ["IPv4 and 2,311 records, 3.5% on 2026-11-19", "IPv4 and 2,311 records, 3.5% on 2026-11-19"],
  ["", "(empty)"],
])("the sentence %j reads %j in Markdown", (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test("hostile HTML stays text, in an element and in an attribute", () => {
  holds((text) => {
    const fragment = parseFragment(`<p title="${htmlText(text)}">${htmlText(text)}</p><i></i>`);
    expect(fragment.childNodes.map(({ nodeName }) => nodeName)).toEqual(["p", "i"]);
    const paragraph = fragment.childNodes[0] as unknown as {
      attrs: { name: string; value: string }[];
      childNodes: { nodeName: string; value: string }[];
    };
    const seen = visibleText(text, 2000);
    expect(paragraph.attrs).toEqual([{ name: "title", value: seen }]);
    expect(paragraph.childNodes.map(({ nodeName }) => nodeName)).toEqual(
      seen === "" ? [] : ["#text"],
    );
    if (seen !== "") expect(paragraph.childNodes[0]!.value).toBe(seen);
    expect(serialize(fragment)).not.toMatch(/<(?!\/?[pi][ >])/);
  });
});

test("D34: CSV reads back with the same cells, and no text cell is a formula", () => {
  holds((text) => {
    const [cells] = parseCsv(csvLine([text, null, 9_007_199_254_740_993n, -1.5, true, ""]));
    expect(cells).toHaveLength(6);
    const [value, ...rest] = cells as unknown as [string, ...string[]];
    expect(value.replace(/^'/, "")).toBe(terminalText(text, Infinity).replace(/^'/, ""));
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value))
      expect(value).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    expect(rest).toEqual(["", "9007199254740993", "-1.5", "true", ""]);
  });
});

test.each([
  ["=1+1", "'=1+1\n"],
  ["-12.5", "-12.5\n"],
  ["-1+1", "'-1+1\n"],
  ["@x", "'@x\n"],
  [" =1", "' =1\n"],
  ['say "hi", you', `"say ""hi"", you"\n`],
  ["", '""\n'],
])("the text %j is the CSV line %j", (text, line) => {
  expect(csvLine([text])).toBe(line);
});

test("JSON keeps its value and shows every hidden character", () => {
  holds((text) => {
    const json = jsonText(JSON.stringify({ text }));
    expect(JSON.parse(json)).toEqual({ text });
    expect(json).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|##\[/u);
  });
});

test("a terminal line can't be a workflow command", () => {
  holds((text) => {
    const line = terminalLine(terminalText(text));
    expect(line).not.toMatch(/^\s*::.*::|##\[/);
    expect(line).not.toMatch(UNSEEN);
  });
  expect(terminalLine("::1 → 10.0.0.1")).toBe("::1 → 10.0.0.1");
});

test("JSON escapes every format character of Unicode", () => {
  for (let code = 0x7f; code <= 0xe_ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (!/\p{Cf}/u.test(character)) continue;
    expect(jsonText(`"${character}"`)).toMatch(/^"(\\u[0-9a-f]{4}){1,2}"$/);
    expect(JSON.parse(jsonText(`"${character}"`))).toBe(character);
  }
});
