CREATE TABLE IF NOT EXISTS "traffic_rollup_rows" (
  "day" varchar COMMENT 'UTC day of the hour, partition',
  "hour" bigint COMMENT 'start of the hour, Unix seconds',
  "scope" varchar COMMENT 'internal, egress, ingress, or transit (both ends outside)',
  "client" varchar COMMENT 'who began; NULL where clients are folded',
  "server" varchar COMMENT 'who was asked',
  "protocol" integer COMMENT 'IANA number',
  "service_port" integer COMMENT 'NULL where the protocol has no ports',
  "clients" bigint COMMENT 'how many clients the row stands for',
  "is_lone" boolean COMMENT 'whether it is internet noise that stands alone - refused at most {{few}} times in the day, nothing let through, no reason logged',
  "decided_by" varchar COMMENT 'what told client from server - tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair',
  "accepted_records" bigint COMMENT 'records let through, at one observation point',
  "accepted_packets" decimal(38,0) COMMENT 'packets let through',
  "accepted_bytes" decimal(38,0) COMMENT 'bytes let through, both ways',
  "sent_bytes" decimal(38,0) COMMENT 'of these, from client to server',
  "rejected_records" bigint COMMENT 'records refused on the way to the server, at whichever end refused',
  "rejected_packets" decimal(38,0) COMMENT 'packets refused',
  "rejected_bytes" decimal(38,0) COMMENT 'bytes refused',
  "reply_rejected_records" bigint COMMENT 'replies refused',
  "reply_rejected_packets" decimal(38,0) COMMENT 'packets of replies refused',
  "reply_rejected_bytes" decimal(38,0) COMMENT 'bytes of replies refused',
  "late_records" bigint COMMENT 'records refused after a connection closed',
  "late_packets" decimal(38,0) COMMENT 'packets of these',
  "late_bytes" decimal(38,0) COMMENT 'bytes of these',
  "logged_records" bigint COMMENT 'records as logged, by every interface',
  "refused_at" varchar COMMENT 'client, server or both - the end that refused',
  "first_accept" bigint COMMENT 'first start of a record let through on the way to the server, Unix seconds',
  "last_accept" bigint COMMENT 'last such start',
  "first_reject" bigint COMMENT 'first start of a refused record that is not late',
  "last_reject" bigint COMMENT 'last such start',
  "client_interface_id" varchar COMMENT 'the client''s interface where it is logged',
  "server_interface_id" varchar COMMENT 'the server''s interface where it is logged',
  "account_id" varchar COMMENT 'account of an interface that logged it',
  "region" varchar COMMENT 'region of an interface that logged it',
  "vpc_id" varchar COMMENT 'VPC of an interface that logged it',
  "reject_reason" varchar COMMENT 'BPA or EC where logged',
  "client_aws_service" varchar COMMENT 'AWS service that the client''s address belongs to, where logged',
  "server_aws_service" varchar COMMENT 'AWS service that the server''s address belongs to, where logged',
  "traffic_path" integer COMMENT 'way out of the VPC, 1 to 8, where logged',
  "next_hop_interface_id" varchar COMMENT 'interface that the traffic goes to next, where logged',
  "next_hop_interface_type" varchar COMMENT 'kind of that interface',
  "next_hop_vpc_id" varchar COMMENT 'VPC of the next hop',
  "build" varchar COMMENT 'build that the row belongs to'
)
COMMENT 'Rows of traffic_rollup by build: read the view, it knows which build counts'
WITH (format = 'PARQUET', partitioning = ARRAY['day', 'build', 'is_lone']);

CREATE TABLE IF NOT EXISTS "lone_refusals_rows" (
  "day" varchar COMMENT 'UTC day of the hour, partition',
  "hour" bigint COMMENT 'start of the hour, Unix seconds',
  "server" varchar COMMENT 'who was asked',
  "protocol" integer COMMENT 'IANA number',
  "service_port" integer COMMENT 'NULL where ports are folded, or the protocol has none',
  "clients" bigint COMMENT 'conversations that were first refused in this hour',
  "sample" varchar COMMENT 'one of the clients',
  "refused_records" bigint COMMENT 'records refused',
  "refused_packets" decimal(38,0) COMMENT 'packets refused',
  "refused_bytes" decimal(38,0) COMMENT 'bytes refused',
  "refused_at" varchar COMMENT 'client, server or both - the end that refused',
  "first_reject" bigint COMMENT 'first start of a refused record, Unix seconds',
  "last_reject" bigint COMMENT 'last such start',
  "server_interface_id" varchar COMMENT 'the server''s interface where it is logged',
  "build" varchar COMMENT 'build that the row belongs to'
)
COMMENT 'Rows of lone_refusals by build: read the view, it knows which build counts'
WITH (format = 'PARQUET', partitioning = ARRAY['day', 'build']);

CREATE TABLE IF NOT EXISTS "traffic_days_rows" (
  "day" varchar COMMENT 'UTC day, partition',
  "hour" bigint COMMENT 'first hour of the day that has any of it, Unix seconds',
  "scope" varchar COMMENT 'internal, egress, ingress, or transit (both ends outside)',
  "client" varchar COMMENT 'who began; NULL where clients are folded, or were refused alone',
  "server" varchar COMMENT 'who was asked',
  "protocol" integer COMMENT 'IANA number',
  "service_port" integer COMMENT 'NULL where the protocol has no ports, or ports are folded',
  "clients" bigint COMMENT 'how many clients a folded row stands for, in the busiest hour',
  "accepted_records" bigint COMMENT 'records let through, at one observation point',
  "accepted_packets" decimal(38,0) COMMENT 'packets let through',
  "accepted_bytes" decimal(38,0) COMMENT 'bytes let through, both ways',
  "sent_bytes" decimal(38,0) COMMENT 'of these, from client to server',
  "rejected_records" bigint COMMENT 'records refused on the way to the server, at whichever end refused',
  "rejected_packets" decimal(38,0) COMMENT 'packets refused',
  "rejected_bytes" decimal(38,0) COMMENT 'bytes refused',
  "reply_rejected_records" bigint COMMENT 'replies refused',
  "reply_rejected_packets" decimal(38,0) COMMENT 'packets of replies refused',
  "reply_rejected_bytes" decimal(38,0) COMMENT 'bytes of replies refused',
  "late_records" bigint COMMENT 'records refused after a connection closed',
  "late_packets" decimal(38,0) COMMENT 'packets of these',
  "late_bytes" decimal(38,0) COMMENT 'bytes of these',
  "rejected_hours" bigint COMMENT 'hours in which something was refused',
  "late_hours" bigint COMMENT 'hours with such late records',
  "refused_at" varchar COMMENT 'client, server or both - the end that refused',
  "first_accept" bigint COMMENT 'first start of a record let through on the way to the server, Unix seconds',
  "last_accept" bigint COMMENT 'last such start',
  "first_reject" bigint COMMENT 'first start of a refused record that is not late',
  "last_reject" bigint COMMENT 'last such start',
  "client_interface_id" varchar COMMENT 'the client''s interface where it is logged',
  "server_interface_id" varchar COMMENT 'the server''s interface where it is logged',
  "reject_reason" varchar COMMENT 'BPA or EC where logged',
  "lone_clients" bigint COMMENT 'how many refusals that stand alone the row stands for',
  "sample" varchar COMMENT 'one of their clients',
  "build" varchar COMMENT 'build that the row belongs to'
)
COMMENT 'Rows of traffic_days by build: read the view, it knows which build counts'
WITH (format = 'PARQUET', partitioning = ARRAY['day', 'build']);

CREATE TABLE IF NOT EXISTS "coverage_rollup_rows" (
  "day" varchar COMMENT 'UTC day of the hour, partition',
  "hour" bigint COMMENT 'start of the hour, Unix seconds',
  "interface_id" varchar COMMENT 'interface that logged',
  "log_status" varchar COMMENT 'OK, NODATA, SKIPDATA, or NULL where the format has none',
  "action" varchar COMMENT 'ACCEPT, REJECT or NULL',
  "records" bigint COMMENT 'records as logged',
  "packets" decimal(38,0) COMMENT 'packets as logged',
  "bytes" decimal(38,0) COMMENT 'bytes as logged',
  "first_start" bigint COMMENT 'first start, Unix seconds',
  "last_end" bigint COMMENT 'last end, Unix seconds',
  "account_id" varchar COMMENT 'account of the interface',
  "region" varchar COMMENT 'region of the interface',
  "az_id" varchar COMMENT 'Availability Zone id',
  "vpc_id" varchar COMMENT 'VPC of the interface',
  "subnet_id" varchar COMMENT 'subnet of the interface',
  "instance_id" varchar COMMENT 'instance of the interface',
  "interface_type" varchar COMMENT 'kind of interface, where logged',
  "owner" varchar COMMENT 'value of the owner tag where logged',
  "build" varchar COMMENT 'build that the row belongs to'
)
COMMENT 'Rows of coverage_rollup by build: read the view, it knows which build counts'
WITH (format = 'PARQUET', partitioning = ARRAY['day', 'build']);

CREATE TABLE IF NOT EXISTS "rollup_builds" (
  "day" varchar COMMENT 'UTC day, YYYY-MM-DD',
  "build" varchar COMMENT 'when the build began, and something random: later ones are greater',
  "published_at" bigint COMMENT 'Unix seconds',
  "files_fingerprint" varchar COMMENT 'hash of the files that the day waits for',
  "sql_fingerprint" varchar COMMENT 'hash of the SQL and the settings that made the rows',
  "files" bigint COMMENT 'files delivered on the day',
  "bytes" bigint COMMENT 'bytes of these, as stored',
  "settle_files" bigint COMMENT 'files delivered in the settle hours after the day',
  "settle_bytes" bigint COMMENT 'bytes of these, as stored',
  "records" bigint COMMENT 'records that began on the day',
  "malformed" bigint COMMENT 'lines of the day''s files that are no records',
  "repeated_headers" bigint COMMENT 'header lines that stand between records of the day''s files',
  "traffic_rows" bigint COMMENT 'rows of traffic_rollup',
  "scanned_bytes" bigint COMMENT 'bytes of logs that the engine read for it'
)
COMMENT 'Published builds of the rollups, one row each; of a day the greatest build counts'
WITH (format = 'PARQUET', partitioning = ARRAY['day']);
