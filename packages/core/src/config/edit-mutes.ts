import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLSeq } from "yaml";

import { TurnawayError } from "../errors.ts";
import { type Mute, parseMutes, refang } from "./mutes.ts";

/** `mutes.yml` with a mute in it, and what that changed. */
export interface MutesEdit {
  readonly text: string;
  /** `none`: a mute of this key holds as long already, and the text is as it was. */
  readonly change: "added" | "extended" | "none";
  /** Last day on which the finding is muted now. */
  readonly until: string;
}

/** A mute of one finding by its key. */
export interface KeyMute extends Omit<Mute, "match"> {
  readonly key: string;
}

/**
 * Mutes a finding by its key, and leaves everything else in the file as it is to the byte:
 * comments, quotes and blank lines.
 *
 * A mute of that key alone is made to last longer, with the new reason and owner. Otherwise the
 * mute is added at the end.
 *
 * @throws TurnawayError `CONFIG` when the file is not valid, or can't be changed without changing
 * what else it says.
 */
export function muteInFile(text: string, fileName: string, mute: KeyMute): MutesEdit {
  const mutes = parseMutes(text, fileName);
  const index = longestOf(mutes, mute.key);
  const known = mutes[index];
  if (known !== undefined && known.until >= mute.until) {
    return { text, change: "none", until: known.until };
  }
  const extended = known === undefined ? undefined : extend(text, index, mute);
  const edited = extended ?? append(text, mute);
  const entry = { match: { key: mute.key }, ...answered(mute) };
  const expected =
    extended === undefined
      ? [...mutes, entry]
      : mutes.map((one, at) => (at === index ? { ...one, ...answered(mute) } : one));
  if (!isRead(edited, fileName, expected)) throw unwritable(fileName);
  return {
    text: edited,
    change: extended === undefined ? "added" : "extended",
    until: mute.until,
  };
}

function answered({ reason, owner, until }: KeyMute): Omit<Mute, "match"> {
  return { reason, owner, until };
}

function longestOf(mutes: readonly Mute[], key: string): number {
  return mutes.reduce((best, { match, until }, index) => {
    const isOfKey =
      match.key !== undefined && refang(match.key) === key && Object.keys(match).length === 1;
    return isOfKey && (best < 0 || until > mutes[best]!.until) ? index : best;
  }, -1);
}

// Undefined where a value is an alias or carries an anchor: then other entries may depend on it.
function extend(text: string, index: number, mute: KeyMute): string | undefined {
  const item = sequenceOf(text)?.items[index];
  if (!isMap(item)) return undefined;
  const edits: { from: number; to: number; value: string }[] = [];
  for (const [name, value] of [
    ["reason", quoted(mute.reason)],
    ["owner", quoted(mute.owner)],
    ["until", mute.until],
  ] as const) {
    const node = item.get(name, true) as unknown;
    if (!isScalar(node) || !isPlainlyWritten(node)) return undefined;
    edits.push({ from: node.range![0], to: node.range![1], value });
  }
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((done, { from, to, value }) => done.slice(0, from) + value + done.slice(to), text);
}

function isPlainlyWritten(node: Scalar): boolean {
  const isBlock = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL";
  return node.anchor === undefined && node.tag === undefined && !isBlock;
}

function append(text: string, mute: KeyMute): string {
  const sequence = sequenceOf(text);
  if (sequence?.flow === true) return appendToFlow(text, mute);
  const start = sequence?.range?.[0] ?? 0;
  const indent =
    sequence === undefined ? "" : text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = [
    `- match: { key: ${quoted(mute.key)} }`,
    `  reason: ${quoted(mute.reason)}`,
    `  owner: ${quoted(mute.owner)}`,
    `  until: ${mute.until}`,
  ];
  const before = text === "" || text.endsWith("\n") ? text : text + eol;
  return before + lines.map((line) => indent + line + eol).join("");
}

// `[]`, as a file may begin; comments stay, the layout is YAML's own.
function appendToFlow(text: string, mute: KeyMute): string {
  const document = parseDocument(text, { schema: "core" });
  const sequence = document.contents as unknown as YAMLSeq;
  sequence.flow = false;
  const { key, ...rest } = mute;
  sequence.add(document.createNode({ match: { key }, ...rest }));
  return document.toString({ lineWidth: 0 });
}

function sequenceOf(text: string): YAMLSeq | undefined {
  const { contents } = parseDocument(text, { schema: "core" });
  return isSeq(contents) ? contents : undefined;
}

// JSON's text is YAML's, too, and nothing in it ends the line.
function quoted(text: string): string {
  return JSON.stringify(text);
}

function isRead(text: string, fileName: string, expected: readonly Mute[]): boolean {
  return JSON.stringify(inOrder(parseMutes(text, fileName))) === JSON.stringify(inOrder(expected));
}

function inOrder(mutes: readonly Mute[]): unknown {
  return mutes.map(({ match, reason, owner, until }) => [
    Object.entries(match).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    reason,
    owner,
    until,
  ]);
}

function unwritable(fileName: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: "the mute could not be written",
    where: fileName,
    why: "the file is written so that an entry can't be added without changing others",
    fix: "add the lines by hand",
  });
}
