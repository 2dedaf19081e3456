export type DataSetColumnType = "varchar" | "bigint" | "timestamp";

/** Type of each column that a data set of the dashboards has. */
export const DATA_SET_TYPES: Readonly<Record<string, DataSetColumnType>> = {
  ...typed("timestamp", ["day hour last_reject"]),
  ...typed("varchar", [
    "account_id region vpc_id subnet_id interface_id instance_id owner",
    "scope client server service connection refused_at reject_reason phase status class trace",
    "outcome log_status action",
  ]),
  ...typed("bigint", [
    "day_number connections records lost_records packets bytes late_records",
    "accepted_records accepted_bytes sent_bytes rejected_records rejected_packets rejected_bytes",
    "refused_records request_records files stored_bytes scanned_bytes",
  ]),
};

function typed(
  type: DataSetColumnType,
  names: readonly string[],
): Record<string, DataSetColumnType> {
  return Object.fromEntries(names.flatMap((list) => list.split(" ")).map((name) => [name, type]));
}
