/**
 * The commands of a block of shell, each as its words. It knows what documents need: quotes,
 * comments, lines that go on after a backslash, `&&`, `||`, `|`, `;` between commands, and
 * `eval "$(…)"`, which is what stands in it.
 *
 * @throws Error where a quote is not closed, or something would have to be run to know the words
 */
export function shellCommands(block: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  const end = (): void => {
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const text = block.replaceAll("\\\n", " ").replaceAll(/eval "\$\(([^"]*)\)"/g, "$1");
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^(\n|&&|\|\|?|;)$/.test(token)) end();
    else if (!/^([ \t]+|#.*)$/.test(token)) words.push(unquoted(token));
  }
  end();
  return commands;
}

const TOKEN = /\n|&&|\|\|?|;|[ \t]+|(?<=^|\s)#[^\n]*|(?:"[^"]*"|'[^']*'|[^\s"'|;&])+|["&']/g;

function unquoted(word: string): string {
  if (/^["'&]$/.test(word)) throw new Error(`a lone ${word}`);
  if (/`|\$\(/.test(word.replaceAll(/'[^']*'/g, "")))
    throw new Error(`${word} would have to be run`);
  return word.replaceAll(
    /"([^"]*)"|'([^']*)'/g,
    (_, double?: string, single?: string) => double ?? single ?? "",
  );
}
