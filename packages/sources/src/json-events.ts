import { FLOW_LOG_FIELDS, findField } from "@turnaway/core/fields";

/** What one JSON value holds of flow logs: a line as logged, or values with their names. */
export type FlowLogEvent =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "row"; readonly names: readonly string[]; readonly values: readonly string[] };

/**
 * The flow-log events of one JSON value; undefined when it is nothing that is read.
 *
 * Read are `aws logs filter-log-events` and `get-log-events` (`events`), CloudWatch
 * Logs subscriptions (`logEvents`), Insights results (`results`), single events with
 * `message`, `@message` or `_raw`, and objects whose keys are flow-log fields.
 */
export function eventsOf(value: unknown): FlowLogEvent[] | undefined {
  if (typeof value === "string") return [{ kind: "line", text: value }];
  if (Array.isArray(value)) return isInsightsRow(value) ? insightsEvents(value) : all(value);
  if (!isObject(value)) return undefined;
  if (value.messageType === "CONTROL_MESSAGE") return [];
  for (const list of ["logEvents", "events", "results"]) {
    const items = value[list];
    if (Array.isArray(items)) return all(items);
  }
  for (const name of ["message", "@message", "_raw"]) {
    const text = value[name];
    if (typeof text === "string") return [{ kind: "line", text }];
  }
  // `splunk search -output json` puts the event one level down.
  if (isObject(value.result)) return eventsOf(value.result);
  return rowEvent(Object.entries(value));
}

/** What a JSON value looks like, to complete "looks like …". */
export function nameJson(value: unknown): string {
  const sample = Array.isArray(value) ? value[0] : value;
  if (!isObject(sample)) return "JSON that holds no log events";
  const known = KNOWN_JSON.find(({ has }) => has(sample));
  if (known !== undefined) return known.what;
  const keys = Object.keys(sample).slice(0, 4);
  const shown = keys.map((key) => key.slice(0, 40).replaceAll(/[^\x20-\x7e]/g, "?")).join(", ");
  return keys.length === 0 ? "an empty JSON object" : `a JSON file with the keys ${shown}`;
}

type JsonObject = Record<string, unknown>;

const KNOWN_JSON: readonly {
  readonly what: string;
  readonly has: (value: JsonObject) => boolean;
}[] = [
  { what: "a CloudTrail JSON file", has: (v) => isCloudTrail(v) },
  { what: "OCSF JSON (Security Lake)", has: (v) => "class_uid" in v || "category_uid" in v },
  { what: "Azure network security group flow logs", has: (v) => isAzure(v) },
  { what: "Google Cloud VPC flow logs", has: (v) => isGoogle(v) },
  {
    what: "a GuardDuty finding",
    has: (v) => "schemaVersion" in v && "service" in v && "severity" in v,
  },
  { what: "AWS WAF logs", has: (v) => "webaclId" in v },
  { what: "Route 53 resolver query logs", has: (v) => "query_name" in v },
  { what: "Suricata events", has: (v) => "event_type" in v && "src_ip" in v },
  { what: "a Zeek connection log", has: (v) => "id.orig_h" in v },
  {
    what: "an Elasticsearch document",
    has: (v) => "_source" in v || ("@timestamp" in v && "event" in v),
  },
  { what: "an OpenTelemetry log", has: (v) => "resourceLogs" in v },
  {
    what: "a CloudWatch Logs Insights result without @message",
    has: (v) => Array.isArray(v.results),
  },
];

function isCloudTrail(value: JsonObject): boolean {
  const record = Array.isArray(value.Records) ? (value.Records[0] as unknown) : value;
  return isObject(record) && "eventVersion" in record && "eventSource" in record;
}

function isAzure(value: JsonObject): boolean {
  const record = Array.isArray(value.records) ? (value.records[0] as unknown) : value;
  if (!isObject(record)) return false;
  return "flowRecords" in record || (isObject(record.properties) && "flows" in record.properties);
}

function isGoogle(value: JsonObject): boolean {
  const payload = isObject(value.jsonPayload) ? value.jsonPayload : value;
  return isObject(payload.connection) && "src_ip" in payload.connection;
}

/** The events of all items; undefined when there are items and none is understood. */
function all(items: readonly unknown[]): FlowLogEvent[] | undefined {
  const events: FlowLogEvent[] = [];
  let understood = items.length === 0;
  for (const item of items) {
    const found = eventsOf(item);
    understood ||= found !== undefined;
    // One by one: a spread of a million events would not fit on the stack.
    for (const event of found ?? UNKNOWN) events.push(event);
  }
  return understood ? events : undefined;
}

const UNKNOWN: readonly FlowLogEvent[] = [{ kind: "unknown" }];

/** Insights answers with one list of `{field, value}` a row. */
function isInsightsRow(value: readonly unknown[]): value is { field: string; value: unknown }[] {
  return (
    value.length > 0 && value.every((cell) => isObject(cell) && typeof cell.field === "string")
  );
}

function insightsEvents(cells: { field: string; value: unknown }[]): FlowLogEvent[] | undefined {
  const message = cells.find((cell) => cell.field === "@message")?.value;
  if (typeof message === "string") return [{ kind: "line", text: message }];
  const own = cells.filter((cell) => !cell.field.startsWith("@"));
  return rowEvent(own.map((cell) => [cell.field, cell.value]));
}

/** Values by name as a record; undefined unless they name both ends or the interface. */
function rowEvent(entries: readonly (readonly [string, unknown])[]): FlowLogEvent[] | undefined {
  const fields = entries.flatMap(([name, value]) => {
    const field = fieldOf(name);
    const text = scalarText(value);
    return field === undefined || text === undefined ? [] : [{ field, text }];
  });
  const names = fields.map(({ field }) => field);
  const isRecord =
    (names.includes("srcaddr") && names.includes("dstaddr")) || names.includes("interface-id");
  if (!isRecord || names.length < 4 || names.length * 2 < entries.length) return undefined;
  return [{ kind: "row", names, values: fields.map(({ text }) => text) }];
}

function scalarText(value: unknown): string | undefined {
  if (value === null) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Insights and vendors write the names in camel case: `accountId`, `srcAddr`, `logStatus`. */
function fieldOf(name: string): string | undefined {
  return findField(name)?.name ?? byBareName.get(bareName(name));
}

const byBareName = new Map<string, string>([
  ...FLOW_LOG_FIELDS.map((f): [string, string] => [bareName(f.name), f.name]),
  ["starttime", "start"],
  ["endtime", "end"],
]);

function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
