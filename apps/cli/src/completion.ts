import type { CommandSpec, OptionSpec } from "./command-spec.ts";

/** What a shell may offer after a command: words, options with their words, or files. */
interface CommandShape {
  /** `sql show`; empty for the program itself. */
  readonly path: string;
  readonly words: readonly string[];
  readonly options: readonly OptionShape[];
  readonly files: boolean;
}

interface OptionShape {
  readonly flag: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly values: readonly string[];
  readonly file: boolean;
}

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that completes the commands in that shell, without asking the program again. */
export function completionScript(shell: Shell, commands: readonly CommandSpec[]): string {
  const shapes = shapesOf(commands);
  switch (shell) {
    case "bash":
      return bashScript(shapes);
    case "zsh":
      // zsh runs bash's script, and does it well.
      return `#compdef turnaway\nautoload -Uz bashcompinit && bashcompinit\n${bashScript(shapes)}${FIRST_IN_ZSH}`;
    case "fish":
      return fishScript(shapes, commands);
  }
}

// A script in zsh's fpath is loaded by the first Tab, which wants an answer, too.
const FIRST_IN_ZSH = `if [ "$funcstack[1]" = _turnaway ]; then _bash_complete -F _turnaway; fi\n`;

function shapesOf(commands: readonly CommandSpec[], above = ""): CommandShape[] {
  const names = commands.map(nameOf);
  const own: CommandShape = {
    path: above,
    words: above === "" ? [...names, "help"] : names,
    options: above === "" ? [...HELP, flagShape("--version")] : HELP,
    files: false,
  };
  return [
    own,
    ...commands.flatMap((command): CommandShape[] => {
      const path = `${above} ${nameOf(command)}`.trim();
      if (command.children !== undefined) return shapesOf(command.children, path);
      return [
        {
          path,
          words: command.words ?? [],
          options: [...command.options.map(optionShape), ...HELP],
          files: command.usage.includes("source"),
        },
      ];
    }),
  ];
}

function nameOf({ usage }: CommandSpec): string {
  return usage.split(" ")[0]!;
}

function optionShape({ flags, help, values, path }: OptionSpec): OptionShape {
  const [flag = "", value] = flags.split(" ");
  return { flag, help, takesValue: value !== undefined, values: values ?? [], file: path === true };
}

function flagShape(flag: string): OptionShape {
  return { flag, help: "", takesValue: false, values: [], file: false };
}

const HELP = [flagShape("--help")];

function bashScript(shapes: readonly CommandShape[]): string {
  const cases = shapes.map(({ path, words, options, files }) => {
    const valued = options.filter(({ takesValue }) => takesValue);
    const values = valued.map(
      ({ flag, values, file }) =>
        `        ${flag}) ${values.length > 0 ? `words="${values.join(" ")}"` : file ? "files=1" : ":"} ;;`,
    );
    return [
      `    "${path}")`,
      ...(values.length > 0
        ? ['      case "$previous" in', ...values, "        *) offer=1 ;;", "      esac"]
        : ["      offer=1"]),
      `      if [ -n "$offer" ]; then words="${[...words, ...options.map(({ flag }) => flag)].join(" ")}"; files=${files ? "1" : ""}; fi`,
      "      ;;",
    ].join("\n");
  });
  const groups = shapes
    .filter(({ path, words }) => words.length > 0 && path !== "completion")
    .map(({ path }) => `"${path}"`);
  return `_turnaway() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" words="" files="" offer="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) break ;; esac
    case "$command" in
      ${groups.join("|")}) command="\${command:+$command }$word" ;;
      *) break ;;
    esac
  done
  case "$command" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ] && [ "\${current#-}" = "$current" ]; then
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _turnaway turnaway
`;
}

function fishScript(shapes: readonly CommandShape[], commands: readonly CommandSpec[]): string {
  const lines = [
    "complete -c turnaway -f",
    "complete -c turnaway -n __fish_use_subcommand -a help",
    "complete -c turnaway -n __fish_use_subcommand -l version",
    "complete -c turnaway -l help",
  ];
  for (const { usage, summary } of commands) {
    lines.push(
      `complete -c turnaway -n __fish_use_subcommand -a ${usage.split(" ")[0]} -d ${quote(summary)}`,
    );
  }
  for (const { path, words, options, files } of shapes) {
    if (path === "") continue;
    const seen = path
      .split(" ")
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join("; and ");
    const when = `complete -c turnaway -n ${quote(seen)}`;
    if (words.length > 0) lines.push(`${when} -a ${quote(words.join(" "))}`);
    if (files) lines.push(`${when} -F`);
    for (const option of options) lines.push(`${when} ${fishOption(option)}`);
  }
  return `${lines.join("\n")}\n`;
}

function fishOption({ flag, help, takesValue, values, file }: OptionShape): string {
  const value =
    values.length > 0
      ? ` -x -a ${quote(values.join(" "))}`
      : file
        ? " -r -F"
        : takesValue
          ? " -x"
          : "";
  return `-l ${flag.slice(2)}${value}${help === "" ? "" : ` -d ${quote(help)}`}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
