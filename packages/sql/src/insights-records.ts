import { columnName, DEFAULT_FORMAT, type LogFormat } from "@turnaway/core";

/** How a query in Insights QL gets at the fields of a flow-log record. */
export interface InsightsRecords {
  /** Commands that come first; after them the window is in `start_time` and `end_time`. */
  readonly prelude: string;
  /** What stands for a field in the rest of the query; undefined when the format lacks it. */
  reference(column: string): string | undefined;
}

/**
 * Insights discovers the fields of default-format records by itself; of any other format
 * the query has to parse the message, whose glob is made of the format's own list.
 */
export function insightsRecords(format: LogFormat): InsightsRecords {
  return isDefault(format) ? DISCOVERED : parsedRecords(format);
}

// The user guide calls the window `startTime` and `endTime`; consoles have been seen to
// show `start` and `end`. Whichever the service has is taken.
const DISCOVERED: InsightsRecords = {
  prelude: "fields coalesce(startTime, start) as start_time, coalesce(endTime, end) as end_time",
  reference: (column) => DISCOVERED_FIELDS[column],
};

/** Columns of version 2 as Insights names them. Source: "Supported logs and discovered fields". */
const DISCOVERED_FIELDS: Readonly<Record<string, string>> = {
  version: "version",
  account_id: "accountId",
  interface_id: "interfaceId",
  srcaddr: "srcAddr",
  dstaddr: "dstAddr",
  srcport: "srcPort",
  dstport: "dstPort",
  protocol: "protocol",
  packets: "packets",
  bytes: "bytes",
  action: "action",
  log_status: "logStatus",
  start: "start_time",
  end: "end_time",
};

// An alias that is also a discovered field might be either of the two, so none is:
// discovered names have no underscore.
function parsedRecords({ fields }: LogFormat): InsightsRecords {
  const aliases = new Map(fields.map((name) => [columnName(name), parsedAlias(columnName(name))]));
  return {
    prelude: `parse @message "${fields.map(() => "*").join(" ")}" as ${[...aliases.values()].join(", ")}`,
    reference: (column) => aliases.get(column),
  };
}

function parsedAlias(column: string): string {
  return column === "start" || column === "end" ? `${column}_time` : `log_${column}`;
}

function isDefault({ fields }: LogFormat): boolean {
  return fields.join(" ") === DEFAULT_FORMAT.fields.join(" ");
}
