/** What the entry point hands to every command: nothing else reads the process. */
export interface Context {
  readonly signal: AbortSignal;
  /** Where a command leaves its exit code when it did not throw. */
  readonly outcome: { exitCode: number };
  readonly env: NodeJS.ProcessEnv;
}
