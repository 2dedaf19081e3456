import { markdownCode } from "./markdown-code.ts";
import { PROSE_LIMIT, visibleText } from "./visible-text.ts";

/**
 * A sentence with values in it as GitHub Markdown: plain words stay words, and
 * every word that could mean something to GitHub goes into a code span.
 *
 * That is an allow-list: letters, plain numbers and sentence punctuation. So an
 * address or a port reads as code, and `@team`, `#12`, `GH-12`, a commit hash, a
 * URL, HTML or emphasis does no harm. Never empty, never starts a block.
 */
export function markdownText(text: string): string {
  const words = visibleText(text, PROSE_LIMIT).split(" ").filter((word) => word !== "");
  if (words.length === 0) return "(empty)";
  const parts: string[] = [];
  let code: string[] = [];
  const flush = (): void => {
    if (code.length > 0) parts.push(codeWithPunctuation(code.join(" ")));
    code = [];
  };
  for (const [index, word] of words.entries()) {
    if (isPlain(word) && !(index === 0 && /^\d+[.)]$/.test(word))) {
      flush();
      parts.push(word);
    } else {
      code.push(word);
    }
  }
  flush();
  return parts.join(" ");
}

/** {@link markdownText} inside a table. */
export function markdownTextCell(text: string): string {
  return markdownText(text).replaceAll("|", "\\|");
}

const LETTERS = String.raw`\p{L}+\d{0,2}(?:['’/-]\p{L}+\d{0,2})*`;
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+|\d{1,6}(?:[.:]\d{1,3})?(?:%|st|nd|rd|th|x|h)?|\d{4}-\d\d-\d\d`;
const PLAIN_WORD = new RegExp(`^["“(]?(?:${LETTERS}|${NUMBER})[")”]?[.,;:!?]?[")”]?$`, "u");
const SIGN = /^[→–—·]$/;
// GitHub links a commit hash, and a repository can make links of any KEY-123.
const COMMIT = /^[0-9a-f]{7,}$/i;

function isPlain(word: string): boolean {
  const bare = word.replace(/^["“(]|[")”.,;:!?]+$/gu, "");
  return SIGN.test(word) || (PLAIN_WORD.test(word) && !COMMIT.test(bare));
}

// The full stop of the sentence looks wrong in a code span.
function codeWithPunctuation(text: string): string {
  const [, core = text, tail = ""] = /^(.*[^.,;:!?])([.,;:!?])$/su.exec(text) ?? [];
  return `${markdownCode(core)}${tail}`;
}
