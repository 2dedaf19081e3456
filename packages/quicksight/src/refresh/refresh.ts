import type { IngestionType } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { ask, askAll, askOnce, askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { until } from "../deploy/until.ts";
import type { WantedDataSet } from "../wanted/data-set.ts";
import { ingestionType } from "../wanted/refresh.ts";
import { explainIngestion } from "./explain-ingestion.ts";

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
  readonly type: IngestionType;
  readonly rows: number | null;
  readonly dropped: number | null;
}

/**
 * Imports a data set into SPICE and waits for it. An import that is under way is waited for, so
 * that a repeated command starts no second one.
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
  const running = await underWay(session, id);
  const ingestion = running ?? `turnaway-${now}`;
  if (running === null) await start(session, { id, ingestion, type });
  const awaited = { what: "the import", subject: `${id}, ${ingestion}`, waitMs };
  const ended = await until(session, awaited, async () => {
    const found = await describe(session, id, ingestion);
    return RUNNING.has(found.IngestionStatus ?? "") ? null : found;
  });
  if (ended.IngestionStatus !== "COMPLETED") {
    throw new TurnawayError("AWS", explainIngestion(id, ended));
  }
  const { RowsIngested = null, RowsDropped = null } = ended.RowInfo ?? {};
  return { name, id, ingestion, type, rows: RowsIngested, dropped: RowsDropped };
}

const RUNNING = new Set(["INITIALIZED", "QUEUED", "RUNNING"]);

/** Id of the import that is under way; null for none. */
async function underWay(session: QuickSightSession, id: string): Promise<string | null> {
  const found = await askAll(
    session,
    { operation: "ListIngestions", subject: id },
    {
      page: (api, input, options) => api.listIngestions({ ...input, DataSetId: id }, options),
      items: ({ Ingestions }) => Ingestions,
    },
  );
  const running = found.find(({ IngestionStatus }) => RUNNING.has(IngestionStatus ?? ""));
  return running?.IngestionId ?? null;
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
