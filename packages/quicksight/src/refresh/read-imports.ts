import type { Ingestion } from "@aws-sdk/client-quicksight";

import { askAll } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";

/** The imports of a data set, the newest first. */
export async function readImports(
  session: QuickSightSession,
  id: string,
): Promise<readonly Ingestion[]> {
  const found = await askAll(
    session,
    { operation: "ListIngestions", subject: id },
    {
      page: (api, input, options) => api.listIngestions({ ...input, DataSetId: id }, options),
      items: ({ Ingestions }) => Ingestions,
    },
  );
  return found.toSorted((a, b) => time(b) - time(a));
}

/** Whether an import is still under way. */
export function isRunning({ IngestionStatus }: Pick<Ingestion, "IngestionStatus">): boolean {
  return RUNNING.has(IngestionStatus ?? "");
}

const RUNNING = new Set(["INITIALIZED", "QUEUED", "RUNNING"]);

function time({ CreatedTime }: Ingestion): number {
  return CreatedTime?.getTime() ?? 0;
}
