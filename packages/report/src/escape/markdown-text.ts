import { markdownCode } from "./markdown-code.ts";
import { PROSE_LIMIT, visibleText } from "./visible-text.ts";

/**
 * A sentence with values in it as GitHub Markdown: plain words stay words, and
 * every word that could mean something to GitHub goes into a code span.
 *
 * That is an allow-list: letters, plain numbers and sentence punctuation. So an
 * address or a port reads as code, and `@team`, `#12`, `GH-12`, a commit hash, a
 * URL, HTML or emphasis does no harm. What stands between backticks is code
 * already. Never empty, never starts a block.
 */
export function markdownText(text: string): string {
  const line = visibleText(text, PROSE_LIMIT).trim();
  if (line === "") return "(empty)";
  let result = "";
  let end = 0;
  for (const match of line.matchAll(QUOTED_CODE)) {
    const [all, open, code, close] = match;
    result +=
      wordsText(line.slice(end, match.index), end === 0) + open + markdownCode(code!) + close;
    end = match.index + all.length;
  }
  return result + wordsText(line.slice(end), end === 0);
}

/** {@link markdownText} inside a table. */
export function markdownTextCell(text: string): string {
  return markdownText(text).replaceAll("|", "\\|");
}

// Only between spaces: two code spans that touch would be one.
const QUOTED_CODE = /(?<=^|\s)(\(?)`([^`]+)`([.,;:!?)]*)(?=\s|$)/g;
const LETTERS = String.raw`\p{L}+\d{0,2}(?:['’/-]\p{L}+\d{0,2})*`;
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+|\d{1,6}(?:[.:]\d{1,3})?(?:%|st|nd|rd|th|x|h)?|\d{4}-\d\d-\d\d`;
const PLAIN_WORD = new RegExp(`^["“(]?(?:${LETTERS}|${NUMBER})[")”]?[.,;:!?]?[")”]?$`, "u");
const SIGN = /^[→–—·-]$/;
// GitHub links a commit hash, and a repository can make links of any KEY-123.
const COMMIT = /^[0-9a-f]{7,}$/i;

function wordsText(text: string, atStart: boolean): string {
  const parts: string[] = [];
  let code: string[] = [];
  const flush = (): void => {
    if (code.length > 0) parts.push(codeInSentence(code.join(" ")));
    code = [];
  };
  for (const word of text.split(" ")) {
    const startsList = atStart && parts.length === 0 && /^(?:\d+[.)]|-)$/.test(word);
    if (word === "" || (isPlain(word) && !startsList)) {
      flush();
      parts.push(word);
    } else {
      code.push(word);
    }
  }
  flush();
  return parts.join(" ");
}

function isPlain(word: string): boolean {
  const bare = word.replace(/^["“(]|[")”.,;:!?]+$/gu, "");
  return SIGN.test(word) || (PLAIN_WORD.test(word) && !COMMIT.test(bare));
}

// Brackets and the full stop of the sentence look wrong in a code span.
function codeInSentence(text: string): string {
  const [, open = "", core = text, close = ""] =
    /^([("“]?)(.*[^.,;:!?)"”])((?:[)"”]?[.,;:!?]|[)"”])?)$/su.exec(text) ?? [];
  return `${open}${markdownCode(core)}${close}`;
}
