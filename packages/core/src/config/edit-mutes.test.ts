import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { muteInFile, type KeyMute } from "./edit-mutes.ts";
import { parseMutes, type Mute } from "./mutes.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const MUTE: KeyMute = {
  key: "port-scan/10.0.5.99/10.0.9.20",
  reason: "our scanner: every night",
  owner: "kim",
  until: "2026-12-20",
};
const LINES = `- match: { key: "port-scan/10.0.5.99/10.0.9.20" }
  reason: "our scanner: every night"
  owner: "kim"
  until: 2026-12-20
`;

describe("the mute is added", () => {
  test.each<[name: string, before: string, after: string]>([
    ["to an empty file", "", LINES],
    ["to a file of comments", "# Ours\n\n#:- match: x\n", `# Ours\n\n#:- match: x\n${LINES}`],
    [
      "after others, which stay to the byte",
      `# Ours\n- match: {port:   22}   # ssh\n  reason:  'known'\n  owner: lee\n  until: 2026-12-31\n\n# end`,
      `# Ours\n- match: {port:   22}   # ssh\n  reason:  'known'\n  owner: lee\n  until: 2026-12-31\n\n# end\n${LINES}`,
    ],
    [
      "indented as the others are",
      `  - match: { port: 22 }\n    reason: known\n    owner: lee\n    until: 2026-12-31\n`,
      `  - match: { port: 22 }\n    reason: known\n    owner: lee\n    until: 2026-12-31\n${LINES.replaceAll(/^(?=.)/gm, "  ")}`,
    ],
    ["with the line ends of the file", "# Ours\r\n", `# Ours\r\n${LINES.replaceAll("\n", "\r\n")}`],
    [
      "beside one that asks for more than the key",
      `- match: { key: port-scan/10.0.5.99/10.0.9.20, port: 1 }\n  reason: r\n  owner: o\n  until: 2026-12-01\n`,
      `- match: { key: port-scan/10.0.5.99/10.0.9.20, port: 1 }\n  reason: r\n  owner: o\n  until: 2026-12-01\n${LINES}`,
    ],
    ["after the start of a document", "---\n", `---\n${LINES}`],
  ])("%s", (_, before, after) => {
    expect(muteInFile(before, "mutes.yml", MUTE)).toEqual({
      text: after,
      change: "added",
      until: MUTE.until,
    });
  });

  test("to a list in brackets, which becomes one of lines", () => {
    const { text } = muteInFile("# none yet\n[]\n", "mutes.yml", MUTE);
    expect(text).toContain("# none yet");
    expect(parseMutes(text, "mutes.yml")).toHaveLength(1);
  });
});

test("a mute of the key lasts longer, in its place, with the new reason", () => {
  const file = (reason: string, owner: string, until: string): string =>
    `# Ours\n- match: { key: "port-scan/10.0.5[.]99/10.0.9[.]20" } # scanner\n  until: ${until} # soon\n  owner: ${owner}\n  reason: ${reason}\n\n- match: { port: 22 }\n  reason: known\n  owner: lee\n  until: 2026-12-31\n`;
  expect(muteInFile(file("old", "lee", "2026-11-20"), "mutes.yml", MUTE)).toEqual({
    text: file('"our scanner: every night"', '"kim"', "2026-12-20"),
    change: "extended",
    until: "2026-12-20",
  });
  const longer = file("old", "lee", "2027-01-31");
  expect(muteInFile(longer, "mutes.yml", MUTE)).toEqual({
    text: longer,
    change: "none",
    until: "2027-01-31",
  });
});

test("an entry that others lean on stays, and the mute is added", () => {
  const file = `- match: { key: "${MUTE.key}" }\n  reason: &why known\n  owner: lee\n  until: 2026-11-20\n- match: { port: 22 }\n  reason: *why\n  owner: lee\n  until: 2026-12-31\n`;
  expect(muteInFile(file, "mutes.yml", MUTE)).toMatchObject({
    text: file + LINES,
    change: "added",
  });
});

test.each([
  ["what is no list", "port: 22\n"],
  ["broken YAML", "- [\n"],
  [
    "a document that has ended",
    "- match: { port: 22 }\n  reason: r\n  owner: o\n  until: 2026-12-31\n...\n",
  ],
])("is not written into %s", (_, text) => {
  expect(() => muteInFile(text, "mutes.yml", MUTE)).toThrow(/mutes\.yml/);
});

test("whatever the reason says, the file says the same and the rest stays; twice is once", () => {
  const line = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .filter((text) => /^\P{Cc}+$/u.test(text) && text.isWellFormed());
  const mute = fc.record({
    key: fc.stringMatching(/^[a-z-]{1,20}\/[0-9a-f.:]{1,20}$/),
    reason: line,
    owner: line,
    until: fc.constantFrom("2026-12-01", "2026-12-20", "2027-03-31"),
  });
  fc.assert(
    fc.property(fc.array(mute, { minLength: 1, maxLength: 4 }), (mutes) => {
      let text = "# Ours\n";
      for (const one of mutes) {
        const before = parseMutes(text, "mutes.yml");
        const { text: after } = muteInFile(text, "mutes.yml", one);
        expect(muteInFile(after, "mutes.yml", one)).toMatchObject({ text: after, change: "none" });
        const others = (all: readonly Mute[]): readonly Mute[] =>
          all.filter(({ match }) => match.key !== one.key);
        expect(others(parseMutes(after, "mutes.yml"))).toEqual(others(before));
        text = after;
      }
    }),
    { seed: 5 },
  );
});
