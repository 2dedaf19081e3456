import { closest } from "fastest-levenshtein";

import { TurnawayError } from "./errors.ts";
import { DEFAULT_FIELDS, FLOW_LOG_FIELDS, findField, type FlowLogField } from "./fields.ts";

/**
 * An ordered list of field names, as one flow log writes them.
 *
 * Names are hyphenated. A name that AWS does not have yet is kept as it is:
 * the reader carries the column as text.
 */
export interface LogFormat {
  readonly fields: readonly string[];
}

/** Version 2 in its documented order: what a flow log writes when no format was chosen. */
export const DEFAULT_FORMAT: LogFormat = { fields: DEFAULT_FIELDS };

/** Every VPC field (not the transit gateway's): the richest format that EC2 accepts. */
export const RICH_FORMAT: LogFormat = {
  fields: FLOW_LOG_FIELDS.filter((f) => f.version !== 6).map((f) => f.name),
};

/** Parses `version account-id …`, `${version} ${account-id} …` or column names. */
export function parseLogFormat(text: string): LogFormat {
  const tokens = text.split(/[\s,]+/).filter(Boolean);
  const fields = tokens.map((token) => canonicalName(/^\$\{(.+)\}$/.exec(token)?.[1] ?? token));
  if (fields.length === 0) {
    throw new TurnawayError("USAGE", {
      what: "no log format",
      where: "fields",
      why: "the list of fields is empty",
      fix: `write the field names in the order of the file, for example "${DEFAULT_FIELDS.join(" ")}"`,
    });
  }
  const twice = fields.find((name, i) => fields.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new TurnawayError("USAGE", {
      what: "field named twice",
      where: "fields",
      why: `"${twice}" stands more than once in the list`,
      fix: "name each field once, in the order of the file",
    });
  }
  return { fields };
}

/** The EC2 `LogFormat` string: `${version} ${account-id} …`. */
export function toEc2LogFormat(format: LogFormat): string {
  return format.fields.map((name) => `\${${name}}`).join(" ");
}

/** Column names and engine types, in the order of the format. */
export function columnsOf(format: LogFormat): { name: string; type: FlowLogField["type"] }[] {
  return format.fields.map((name) => ({
    name: columnName(name),
    type: findField(name)?.type ?? "string",
  }));
}

/** A field name as a column: `pkt-srcaddr` is `pkt_srcaddr`. */
export function columnName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "_");
}

/** The field that a wrong name was probably meant to be; undefined when nothing is near. */
export function suggestField(name: string): string | undefined {
  const best = closest(
    name.toLowerCase(),
    FLOW_LOG_FIELDS.map((f) => f.name),
  );
  return Math.abs(best.length - name.length) <= 3 ? best : undefined;
}

function canonicalName(token: string): string {
  return findField(token)?.name ?? token.toLowerCase();
}
