/**
 * What a run uses of the process that it is part of. The command and the Action hand in their
 * own: nothing here knows which of the two asks.
 */
export interface Ports {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the run is to stop; the reason says why. */
  readonly signal: AbortSignal;
  /** What makes the report, name to version, for its receipt. */
  readonly versions: Readonly<Record<string, string>>;
  /** One line about what is done or was decided; what comes from a log is made safe by the port. */
  readonly say: (line: string) => void;
  /** Begins to show how far something is. */
  readonly startProgress: (label: string) => Promise<Progress>;
  /** What the source `-` reads. Default is that there is none. */
  readonly openStdin?: () => NodeJS.ReadStream;
}

/** Something that is under way. */
export interface Progress {
  readonly update: (done: number, of: number) => void;
  /** Ends the display; may be called more than once. */
  readonly stop: () => void;
}
