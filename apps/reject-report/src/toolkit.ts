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
  /** The one note at the top of the run. */
  annotate(level: "notice" | "error", title: string, text: string): void;
  /** @throws where the runner has no place for summaries. */
  writeSummary(markdown: string): Promise<void>;
}

export const toolkit: Toolkit = {
  group: (title, work) => core.group(logLine(title), work),
  setOutput: (name, value) => core.setOutput(name, String(value)),
  hide: (secret) => core.setSecret(secret),
  annotate(level, title, text) {
    const write = level === "error" ? core.error : core.notice;
    write(oneLine(text), { title });
  },
  async writeSummary(markdown) {
    await core.summary.addRaw(markdown, true).write();
  },
};
