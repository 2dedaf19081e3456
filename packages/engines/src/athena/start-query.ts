import type { StartQueryExecutionCommandInput } from "@aws-sdk/client-athena";
import { type Statement, TurnawayError } from "@turnaway/core";

import { isServerError, isTransport } from "../aws/error-facts.ts";
import { retrying } from "../aws/retrying.ts";
import type { AthenaSession } from "./athena-session.ts";
import type { ExecutionSettings } from "./execution-settings.ts";
import { inlineParameters, renderLiteral } from "./literals.ts";
import { stopQuery } from "./stop-query.ts";

/** Longest text that Athena takes. */
export const LONGEST_QUERY_BYTES = 262_144;

/**
 * Starts a query; the token makes every retry of it the same query.
 *
 * When it ends without an id though Athena may have taken the query (an interruption or a
 * lost answer), it asks for the id by the same token and stops the query before it throws.
 */
export async function startQuery(
  session: AthenaSession,
  input: StartQueryExecutionCommandInput,
  until: number,
): Promise<string> {
  const { api, clock } = session;
  // From the moment that a request leaves until Athena says no, the query may be running.
  let mayRun = false;
  try {
    return await retrying(session, until, async (options) => {
      mayRun = true;
      try {
        return idOf(await api.startQueryExecution(input, options));
      } catch (error) {
        mayRun = isTransport(error) || isServerError(error);
        throw error;
      }
    });
  } catch (error) {
    if (mayRun) await stopUnknown({ api, clock }, input);
    throw error;
  }
}

/** The request for a statement: parameters apart where Athena takes them so, else as literals. */
export function startInput(
  { name, sql, params = [] }: Statement,
  settings: ExecutionSettings,
  token: string,
): StartQueryExecutionCommandInput {
  const literals = params.map(renderLiteral);
  const apart = literals.length > 0 && takesParameters(sql) && literals.every(isShort);
  const text = apart || literals.length === 0 ? sql : inlineParameters(sql, params);
  checkLength(name, text);
  const { workgroup, outputLocation } = settings;
  const ownLocation = workgroup.managed || workgroup.enforced ? null : outputLocation;
  return {
    QueryString: text,
    ClientRequestToken: token,
    WorkGroup: workgroup.name,
    QueryExecutionContext: { Catalog: settings.catalog, Database: settings.database },
    ...(apart && { ExecutionParameters: literals }),
    ...(ownLocation !== null && { ResultConfiguration: { OutputLocation: ownLocation } }),
    // Managed results can't be reused, so there is nothing to turn off.
    ...(!workgroup.managed && {
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    }),
  };
}

const LONGEST_LITERAL = 1024;
const STOP_UNKNOWN_MS = 2000;

// Parameters are documented for these alone; a DELETE or an ALTER gets its literals in the text.
function takesParameters(sql: string): boolean {
  return /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:SELECT|WITH|INSERT|UNLOAD)\b/i.test(sql);
}

function isShort(literal: string): boolean {
  return literal.length <= LONGEST_LITERAL;
}

function checkLength(name: string, sql: string): void {
  const bytes = Buffer.byteLength(sql);
  if (bytes <= LONGEST_QUERY_BYTES) return;
  throw new TurnawayError("USAGE", {
    what: "query is too long",
    where: `athena, ${name}`,
    why: `it has ${bytes} bytes, Athena takes ${LONGEST_QUERY_BYTES}`,
    fix: "ask about fewer things at once, or shorten the lists in turnaway.yml",
  });
}

// Idempotent either way: the token finds the query that runs, or starts one only to stop it.
async function stopUnknown(
  session: AthenaSession,
  input: StartQueryExecutionCommandInput,
): Promise<void> {
  const { api, clock } = session;
  const limit = { abortSignal: AbortSignal.timeout(STOP_UNKNOWN_MS) };
  const found = await retrying(session, clock.now() + STOP_UNKNOWN_MS, () =>
    api.startQueryExecution(input, limit),
  ).catch(() => undefined);
  if (found?.QueryExecutionId !== undefined) await stopQuery(session, found.QueryExecutionId);
}

// A proxy's page parses as an answer without an id.
function idOf({ QueryExecutionId: id }: { QueryExecutionId?: string | undefined }): string {
  if (id === undefined || id === "") throw new SyntaxError("no QueryExecutionId in the answer");
  return id;
}
