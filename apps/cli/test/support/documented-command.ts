import type { CommandSpec, OptionSpec } from "../../src/command-spec.ts";
import { COMMANDS } from "../../src/command-table.ts";

/** What commands of a document may be, besides `turnaway`. */
export interface Known {
  /** Scripts of the repository. */
  readonly scripts: ReadonlySet<string>;
  /** Scripts of each package, by its name. */
  readonly packageScripts: ReadonlyMap<string, ReadonlySet<string>>;
  /** First words of the commands of other programs. */
  readonly others: readonly string[];
}

/** Why a command would not be taken as it stands; null where it would. */
export function whyUnknown(command: readonly string[], known: Known): string | null {
  const words = withoutRunner(command.slice(command.findIndex((word) => !/^\w+=/.test(word))));
  if (words[0] === "turnaway") return whyNoTurnaway(words.slice(1), COMMANDS);
  if (words[0] === "pnpm") return whyNoScript(words.slice(1), known);
  const text = words.join(" ");
  const isKnown = known.others.some((other) =>
    `${text} `.startsWith(other.endsWith("/") ? other : `${other} `),
  );
  return isKnown ? null : `"${text}" begins like no command that is allowed here`;
}

/** `npx … pnpm X` is what people without pnpm write. */
function withoutRunner(words: readonly string[]): readonly string[] {
  const [first, at] = [words[0], words.indexOf("pnpm")];
  const plain = first === "npx" && at > 0 ? words.slice(at) : words;
  if (plain[0] !== "pnpm") return plain;
  const rest = plain.slice(1).filter((word) => word !== "--silent");
  return rest[0] === "turnaway" ? rest : ["pnpm", ...rest];
}

function whyNoScript(words: readonly string[], known: Known): string | null {
  const [script = "", name = "", own = ""] = words;
  if (script === "--filter") {
    const scripts = known.packageScripts.get(name);
    if (scripts === undefined) return `there is no package ${name}`;
    return scripts.has(own) || own === "exec" ? null : `${name} has no script ${own}`;
  }
  if (script === "install" || script === "changeset" || script === "exec") return null;
  return known.scripts.has(script) ? null : `package.json has no script ${script}`;
}

function whyNoTurnaway(
  [word = "", ...rest]: readonly string[],
  commands: readonly CommandSpec[],
): string | null {
  if (word === "--version" || word === "--help") return null;
  const spec = commands.find(({ usage }) => usage.split(" ")[0] === word);
  if (spec === undefined) return `there is no command "${word}"`;
  return spec.children === undefined ? whyNotOf(spec, rest) : whyNoTurnaway(rest, spec.children);
}

function whyNotOf(spec: CommandSpec, words: readonly string[]): string | null {
  let positional = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word.length < 2 || !word.startsWith("-")) {
      positional += 1;
      continue;
    }
    const [flag, joined] = word.split(/=(.*)/s) as [string, string?];
    const option = spec.options.find(({ flags }) => namesOf(flags).includes(flag));
    if (option === undefined) return `${spec.usage} has no option ${flag}`;
    if (!option.flags.includes("<")) continue;
    const value = joined ?? words[(at += 1)];
    const wrong = whyNotValue(option, value);
    if (wrong !== null) return wrong;
  }
  return whyNotCount(spec, positional);
}

function whyNotValue({ flags, values }: OptionSpec, value: string | undefined): string | null {
  if (value === undefined) return `${flags} has no value`;
  return values === undefined || values.includes(value) ? null : `${flags} does not take ${value}`;
}

function whyNotCount({ usage }: CommandSpec, given: number): string | null {
  const asked = usage.split(" ").slice(1);
  const least = asked.filter((argument) => argument.startsWith("<")).length;
  const most = asked.some((argument) => argument.includes("...")) ? Infinity : asked.length;
  return given >= least && given <= most ? null : `${usage} was given ${given} arguments`;
}

function namesOf(flags: string): string[] {
  return flags.split(/[ ,]+/).filter((word) => word.startsWith("-"));
}
