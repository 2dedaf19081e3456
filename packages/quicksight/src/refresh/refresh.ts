import type { IngestionType } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { ask, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { until } from "../deploy/until.ts";
import type { WantedDataSet } from "../wanted/data-set.ts";
import { ingestionType } from "../wanted/refresh.ts";
import { explainIngestion } from "./explain-ingestion.ts";
import { isRunning, readImports } from "./read-imports.ts";

export interface RefreshOptions {
  /** Read everything again, also where the file asks for an incremental refresh. */
  readonly full: boolean;
  readonly waitMs: number;
  /** Unix seconds; part of the id of the import. */
  readonly now: number;
}

/** What an import has read. */
export interface Refreshed {
  readonly name: string;
  readonly id: string;
  readonly ingestion: string;
  /** As the API calls it, of the import that was waited for. */
  readonly type: string;
  readonly rows: number | null;
  readonly dropped: number | null;
}

/**
 * Imports a data set into SPICE and waits for it. An import that is under way is waited for, and
 * is enough where it reads as much: a repeated command starts no second one.
 *
 * @throws TurnawayError AWS with what the import failed for, or at the deadline
 */
export async function refresh(
  session: QuickSightSession,
  dataSet: WantedDataSet & { readonly refresh: NonNullable<WantedDataSet["refresh"]> },
  { full, waitMs, now }: RefreshOptions,
): Promise<Refreshed> {
  const { id, name } = dataSet;
  const type = full ? "FULL_REFRESH" : ingestionType(dataSet.refresh);
  const running = (await readImports(session, id)).find(isRunning);
  // Whoever asks for everything is not served by an import of the last days.
  const isEnough =
    running !== undefined && (!full || running.RequestType !== "INCREMENTAL_REFRESH");
  if (running !== undefined && !isEnough) {
    await ended(session, { id, ingestion: running.IngestionId ?? "", waitMs });
  }
  const ingestion = isEnough ? (running.IngestionId ?? "") : `turnaway-${now}`;
  if (!isEnough) await start(session, { id, ingestion, type });
  const done = await ended(session, { id, ingestion, waitMs });
  if (done.IngestionStatus !== "COMPLETED") {
    throw new TurnawayError("AWS", explainIngestion(id, done));
  }
  const { RowsIngested = null, RowsDropped = null } = done.RowInfo ?? {};
  return {
    name,
    id,
    ingestion,
    type: done.RequestType ?? type,
    rows: RowsIngested,
    dropped: RowsDropped,
  };
}

/** The import when it has ended, however. */
function ended(
  session: QuickSightSession,
  {
    id,
    ingestion,
    waitMs,
  }: { readonly id: string; readonly ingestion: string; readonly waitMs: number },
) {
  const awaited = { what: "the import", subject: `${id}, ${ingestion}`, waitMs };
  return until(session, awaited, async () => {
    const found = await describe(session, id, ingestion);
    return isRunning(found) ? null : found;
  });
}

async function start(
  session: QuickSightSession,
  {
    id,
    ingestion,
    type,
  }: { readonly id: string; readonly ingestion: string; readonly type: IngestionType },
): Promise<void> {
  const subject = `${id}, ${ingestion}`;
  await askOnce(
    session,
    { operation: "CreateIngestion", subject },
    {
      send: async (api, to, options) => {
        await api.createIngestion(
          { ...to, DataSetId: id, IngestionId: ingestion, IngestionType: type },
          options,
        );
        return true;
      },
      done: async () => {
        const found = await askOrNull(
          session,
          { operation: "DescribeIngestion", subject },
          (api, to, options) =>
            api.describeIngestion({ ...to, DataSetId: id, IngestionId: ingestion }, options),
        );
        return found === null ? null : true;
      },
    },
  );
}

async function describe(session: QuickSightSession, id: string, ingestion: string) {
  const asked = { operation: "DescribeIngestion", subject: `${id}, ${ingestion}` };
  const { Ingestion } = await ask(session, asked, (api, to, options) =>
    api.describeIngestion({ ...to, DataSetId: id, IngestionId: ingestion }, options),
  );
  return Ingestion ?? { IngestionStatus: undefined };
}
