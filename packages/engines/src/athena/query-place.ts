import { type ErrorCode, type ErrorDetail, TurnawayError } from "@turnaway/core";

import { oneLine } from "../one-line.ts";

/** Which query an error is about. */
export interface QueryPlace {
  /** Of the statement, as the catalogue calls it. */
  readonly name: string;
  /** Null while Athena has given none. */
  readonly queryId: string | null;
  readonly url: string | null;
}

/** An error with the query's id in its place and the way to the console at its end. */
export function failureAt(
  place: QueryPlace,
  code: ErrorCode,
  { what, why, fix }: Pick<ErrorDetail, "what" | "why" | "fix">,
  cause?: unknown,
): TurnawayError {
  const id = place.queryId === null ? "" : `, query ${place.queryId}`;
  const link = place.url === null ? "" : `see it at ${place.url}`;
  const steps = [fix, link].filter(Boolean).join("; ");
  return new TurnawayError(
    code,
    {
      what,
      where: `athena, ${place.name}${id}`,
      why: oneLine(why),
      ...(steps === "" ? {} : { fix: steps }),
    },
    { cause },
  );
}
