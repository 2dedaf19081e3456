import type { Value } from "./functions.ts";
import type { LogEvent } from "./run-query.ts";

/** How the service names the window of a record: by its user guide, or as consoles show it. */
export type WindowNames = "startTime" | "start";

/**
 * The fields that Insights finds by itself: in records of the default format all of them, in
 * any other event the event's own. Source: "Supported logs and discovered fields".
 */
export function discoverFields(event: LogEvent, names: WindowNames): Map<string, Value> {
  const own: [string, Value][] = [
    ["@timestamp", new Date(event.timestamp).toISOString().replace("T", " ").replace("Z", "")],
    ["@message", event.message],
  ];
  const tokens = event.message.split(" ");
  const isRecord =
    tokens.length === DEFAULT_NAMES.length &&
    /^\d+$/.test(tokens[0]!) &&
    /^(OK|NODATA|SKIPDATA)$/.test(tokens.at(-1)!);
  if (!isRecord) return new Map(own);
  const window = names === "start" ? ["start", "end"] : ["startTime", "endTime"];
  return new Map([
    ...own,
    ...DEFAULT_NAMES.map((name, i): [string, Value] => [
      name === "from" ? window[0]! : name === "to" ? window[1]! : name,
      tokens[i]!,
    ]),
  ]);
}

const DEFAULT_NAMES = [
  "version",
  "accountId",
  "interfaceId",
  "srcAddr",
  "dstAddr",
  "srcPort",
  "dstPort",
  "protocol",
  "packets",
  "bytes",
  "from",
  "to",
  "action",
  "logStatus",
] as const;
