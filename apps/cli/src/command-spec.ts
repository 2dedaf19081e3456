import type { Context } from "./context.ts";

/** One command as a person sees it: help, completion and `docs/cli.gen.md` come out of this. */
export interface CommandSpec {
  /** Name and arguments, as commander writes them. */
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly options: readonly OptionSpec[];
  /** Words that the first argument takes, for completion. */
  readonly words?: readonly string[];
  /** Loaded when the command runs, so that `--help` answers at once. */
  readonly load?: () => Promise<{ run: Run }>;
  readonly children?: readonly CommandSpec[];
}

export interface OptionSpec {
  readonly flags: string;
  readonly help: string;
  /** May be given more than once. */
  readonly repeat?: true;
  /** The only words that it takes. */
  readonly values?: readonly string[];
  /** What its value names on the disk, for completion. */
  readonly path?: true;
}

/** What a command module exports: positional arguments, parsed options, context. */
export type Run = (
  args: readonly (string | readonly string[] | undefined)[],
  options: Readonly<Record<string, unknown>>,
  context: Context,
) => Promise<void>;
