import type { Statement } from "@turnaway/core";

import { limitFragment, type QueryOptions } from "./compose-query.ts";
import { composeSql, getSqlFile } from "./compose.ts";
import type { SqlSettings } from "./macros.ts";
import { windowFragments } from "./query-window.ts";
import type { TraceEnd, TraceSubject } from "./trace-subject.ts";

export interface TraceOptions extends Omit<QueryOptions, "params"> {
  /**
   * Table that holds what {@link TraceStatements.tuples} answered, where the caller has kept
   * it; without one `conversations` and `hours` scan the logs themselves, once each.
   */
  readonly stage?: string;
}

/** What a trace asks. All four read the subject's records alone. */
export interface TraceStatements {
  /** The subject's records, added up as for the rollup: a stage for the next two. */
  readonly tuples: Statement;
  readonly conversations: Statement;
  readonly hours: Statement;
  readonly records: Statement;
}

/**
 * The statements of a trace. The subject is picked before direction is decided, so that
 * one pass over the logs is enough; the fan-in of hosts that the subject talked to is
 * therefore known only as far as the subject saw it.
 */
export function composeTrace(subject: TraceSubject, options: TraceOptions): TraceStatements {
  const { record_window: window } = windowFragments(options.window, options.partitions);
  const settings: SqlSettings = { ...options.settings, crowd: NO_CROWD };
  const predicate = `${window} AND (${subjectPredicate(subject)})`;
  const tuples = composeSql(getSqlFile("rollups", "flow_tuples"), settings, {
    records_of_day: predicate,
  });
  const fragments = {
    subject_tuples: options.stage === undefined ? tuples : `SELECT * FROM ${options.stage}`,
    subject_records: predicate,
    limit: limitFragment(options.limit),
  };
  const statement = (name: string): Statement => ({
    name: `trace-${name}`,
    sql: composeSql(getSqlFile("queries", `trace_${name}`), settings, fragments),
  });
  return {
    tuples: { name: "trace-tuples", sql: tuples },
    conversations: statement("conversations"),
    hours: statement("hours"),
    records: statement("records"),
  };
}

// Who asks for one address wants to see it, however many others there are.
const NO_CROWD = 1_000_000_000;

// Both directions of the conversations that the subject names.
function subjectPredicate({ from, to, port, protocol }: TraceSubject): string {
  const there = [isEnd(to, "dst")];
  const back = [isEnd(to, "src")];
  if (from !== null) {
    there.push(isEnd(from, "src"));
    back.push(isEnd(from, "dst"));
  }
  if (port !== null) {
    there.push(`dstport = ${port}`);
    back.push(`srcport = ${port}`);
  }
  const either = [there, back].map((tests) => `(${tests.join(" AND ")})`).join(" OR ");
  return protocol === null ? either : `protocol = ${protocol} AND (${either})`;
}

// The parser let nothing but an address, or a range with its prefix, into the text.
function isEnd({ text, isRange }: TraceEnd, side: "src" | "dst"): string {
  const logged = `${side}addr`;
  if (!isRange) return `(${side} = '${text}' OR ${logged} = '${text}')`;
  const within = (column: string): string =>
    `contains('${text}', try_cast(${column} AS ipaddress))`;
  // Mostly both columns say the same: the second one is only tested where it differs.
  return `(${within(side)} OR (${logged} <> ${side} AND ${within(logged)}))`;
}
