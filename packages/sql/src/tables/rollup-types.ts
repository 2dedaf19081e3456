import type { ColumnType } from "./table-definition.ts";

/** Type of each column that a rollup has. Sums of packets and bytes pass 2^63. */
export const ROLLUP_TYPES: Readonly<Record<string, ColumnType>> = {
  ...typed("varchar", [
    "day scope client server decided_by refused_at client_interface_id server_interface_id",
    "account_id region vpc_id reject_reason client_aws_service server_aws_service",
    "next_hop_interface_id next_hop_interface_type next_hop_vpc_id",
    "interface_id log_status action az_id subnet_id instance_id interface_type owner sample",
  ]),
  ...typed("boolean", ["is_lone"]),
  ...typed("integer", ["protocol service_port traffic_path"]),
  ...typed("bigint", [
    "hour clients records accepted_records rejected_records reply_rejected_records late_records",
    "refused_records logged_records rejected_hours late_hours lone_clients first_accept last_accept first_reject last_reject first_start last_end",
  ]),
  ...typed("decimal(38,0)", [
    "packets bytes accepted_packets accepted_bytes sent_bytes rejected_packets rejected_bytes",
    "reply_rejected_packets reply_rejected_bytes late_packets late_bytes",
    "refused_packets refused_bytes",
  ]),
};

function typed(type: ColumnType, names: readonly string[]): Record<string, ColumnType> {
  return Object.fromEntries(names.flatMap((list) => list.split(" ")).map((name) => [name, type]));
}
