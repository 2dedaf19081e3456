/**
 * What every detection answers with, so that one statement can unite them all.
 * `coverage_gap` alone has columns of its own: it concerns the logs, not a conversation.
 */
export const DETECTION_COLUMNS: Readonly<Record<string, string>> = {
  period: "number of the period that it was seen in, 0 is the oldest",
  scope: "internal, egress, ingress or transit",
  client: "who began; NULL where it concerns several",
  server: "who was asked; NULL where it concerns several",
  protocol: "IANA number",
  service_port: "NULL where it concerns several, or the protocol has none",
  records: "how many records",
  packets: "how many packets",
  bytes: "how many bytes",
  first_seen: "first time in the period, Unix seconds",
  last_seen: "last time in the period, Unix seconds",
  refused_at: "client, server or both",
  client_interface_id: "interface of the client, as far as logged",
  server_interface_id: "interface of the server, as far as logged",
  observed: "evidence: what was counted",
  expected: "evidence: what it is held against",
  since: "evidence: a time before, Unix seconds",
  spread: "evidence: how many ends or ports",
  sample: "evidence: one of these",
};
