import { tmpdir } from "node:os";

import type { DuckDBConnection } from "@duckdb/node-api";

import { openDuckdb } from "./open-duckdb.ts";
import { makeTempFolder } from "./temp-folder.ts";

/** A database and a folder for the text that it scans, both of one run. */
export interface Workspace {
  readonly connection: DuckDBConnection;
  /** For the clean text of a batch. */
  readonly textDir: string;
  /** Closes the database and removes what lies on the disk. */
  readonly close: () => void;
}

/** Opens both; an abort interrupts whatever statement runs. `textRoot` holds the text. */
export async function openWorkspace(signal: AbortSignal, textRoot?: string): Promise<Workspace> {
  const text = makeTempFolder(textRoot);
  // What does not fit in memory must not go to a folder in memory.
  const spill = makeTempFolder(tmpdir());
  const { connection, close } = await openDuckdb({ tempDir: spill.path });
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener("abort", interrupt);
  return {
    connection,
    textDir: text.path,
    close() {
      signal.removeEventListener("abort", interrupt);
      close();
      text.remove();
      spill.remove();
    },
  };
}
