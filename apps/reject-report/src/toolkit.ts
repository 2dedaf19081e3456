import * as core from "@actions/core";

import { oneLine } from "@turnaway/runs/process";

import { logLine } from "./log-line.ts";

/** The part of the toolkit that the Action uses: nothing else writes commands or their files. */
export interface Toolkit {
  /** Folds what is printed meanwhile. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  setOutput(name: string, value: string | number | bigint): void;
  /** Never shown in the log, also where it was not a secret of the repository's. */
  hide(secret: string): void;
  /** The one note at the top of the run, or one at a line of a file. */
  annotate(level: "notice" | "warning" | "error", title: string, text: string, at?: Place): void;
  /** @throws where the runner has no place for summaries. */
  writeSummary(markdown: string): Promise<void>;
}

/** What an annotation is about, named from the top of the repository. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

const WRITE = { notice: core.notice, warning: core.warning, error: core.error } as const;

export const toolkit: Toolkit = {
  group: (title, work) => core.group(logLine(title), work),
  setOutput: (name, value) => core.setOutput(name, String(value)),
  hide: (secret) => core.setSecret(secret),
  annotate(level, title, text, at) {
    const place = at && {
      file: at.file,
      ...(at.line === undefined ? {} : { startLine: at.line }),
    };
    WRITE[level](oneLine(text), { title, ...place });
  },
  async writeSummary(markdown) {
    await core.summary.addRaw(markdown, true).write();
  },
};
