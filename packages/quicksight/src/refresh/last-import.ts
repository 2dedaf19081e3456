import type { QuickSightSession } from "../api/session.ts";
import { explainIngestion } from "./explain-ingestion.ts";
import { isRunning, readImports } from "./read-imports.ts";

/** How the newest import of a data set stands. */
export interface LastImport {
  readonly state: "imported" | "importing" | "import failed" | "never imported";
  /** When it began, how many rows it read, or why it failed. */
  readonly why: string | null;
}

/** Looks at the newest import of a data set in SPICE. */
export async function lastImport(session: QuickSightSession, id: string): Promise<LastImport> {
  const [newest] = await readImports(session, id);
  if (newest === undefined) return { state: "never imported", why: null };
  const when = newest.CreatedTime?.toISOString().replace(/\.\d+Z$/, "Z") ?? "";
  if (isRunning(newest)) return { state: "importing", why: `since ${when}` };
  if (newest.IngestionStatus !== "COMPLETED") {
    return { state: "import failed", why: `${when}: ${explainIngestion(id, newest).why}` };
  }
  const rows = newest.RowInfo?.RowsIngested;
  return { state: "imported", why: rows === undefined ? when : `${when}, ${rows} rows` };
}
