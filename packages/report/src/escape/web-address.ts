/**
 * An address as a link may have it, or null for what a link must not lead to.
 *
 * Only `http:` and `https:`, without a user in it. The answer is ASCII and has no character
 * that ends an attribute of HTML or a `<…>` of Markdown.
 */
export function webAddress(text: string): string | null {
  if (text.length > LONGEST || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return null;
  if (username !== "" || password !== "") return null;
  return href.replace(UNSAFE, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** What browsers and servers take without asking. */
const LONGEST = 2000;

// A URL leaves these as they are in one part of it or another.
const UNSAFE = /["'`<>\\|^{}]/g;
