/**
 * One line of text in which everything can be seen: what every other escape starts from.
 *
 * Logs, tags and DNS are hostile. Line breaks and tabs become a space; control,
 * bidirectional, zero-width and other invisible characters become `�`, so that two
 * values which differ never look the same; stacked combining marks are thinned.
 * Text over `limit` UTF-16 units ends in `…`.
 */
export function visibleText(text: string, limit = VALUE_LIMIT): string {
  const short = text.length > limit ? cut(text, limit) : text;
  if (PLAIN.test(short)) return short;
  return short
    .toWellFormed()
    .replace(SPACES, " ")
    .replace(EMOJI_STYLE, "")
    .replace(INVISIBLE, "�")
    .replace(STACKED_MARKS, "$1");
}

/** A value from a log or a tag: an owner, an id. AWS tags end at 256 characters. */
export const VALUE_LIMIT = 300;

/** A sentence that the report builder wrote around such values. */
export const PROSE_LIMIT = 2000;

const PLAIN = /^[\x20-\x7e]*$/;
// oxlint-disable-next-line no-control-regex -- a vertical tab by its code, since mutants of the short form are no patterns
const SPACES = /[\t\n\x0b\f\r\x85\p{Z}]/gu;
const EMOJI_STYLE = /[\ufe0e\ufe0f]/g;
// Cf holds the bidirectional and zero-width characters. The others draw nothing
// although Unicode calls them letters or marks: fillers, joiners, variation selectors.
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0d\u{e0100}-\u{e01ef}]+/gu;
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

function cut(text: string, limit: number): string {
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
