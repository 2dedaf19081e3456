/**
 * Trino functions and types that DuckDB has under another name or not at all.
 *
 * This is the whole difference between the dialects: the files are Trino's, and
 * DuckDB runs their text after these statements. No file branches on a dialect.
 */
export const DUCKDB_MACROS: readonly string[] = [
  "CREATE TYPE ipaddress AS VARCHAR",
  "CREATE MACRO from_unixtime(seconds) AS make_timestamp(CAST(seconds AS BIGINT) * 1000000)",
  "CREATE MACRO date_format(instant, pattern) AS strftime(instant, pattern)",
  "CREATE MACRO bitwise_and(a, b) AS a & b",
  "CREATE MACRO day_of_week(instant) AS isodow(instant)",
  // An IPv4 address as a number; an IPv4-mapped IPv6 address is IPv4, as in Trino.
  `CREATE MACRO ipv4_number(address) AS
    TRY_CAST(split_part(address, '.', 1) AS BIGINT) * 16777216 + TRY_CAST(split_part(address, '.', 2) AS BIGINT) * 65536
    + TRY_CAST(split_part(address, '.', 3) AS BIGINT) * 256 + TRY_CAST(split_part(address, '.', 4) AS BIGINT)`,
  `CREATE MACRO in_ipv4_range(cidr, address) AS
    (ipv4_number(address) >> (32 - CAST(split_part(cidr, '/', 2) AS INTEGER)))
    = (ipv4_number(split_part(cidr, '/', 1)) >> (32 - CAST(split_part(cidr, '/', 2) AS INTEGER)))`,
  // 128 digits: `::` is written out to eight groups first.
  `CREATE MACRO ipv6_bits(address) AS array_to_string(list_transform(
    string_split(replace(address, '::', ':' || repeat('0:', 8 - length(address) + length(replace(address, ':', '')))), ':'),
    lambda h: right('0000000000000000' || bin(TRY_CAST('0x0' || h AS INTEGER)), 16)), '')`,
  // The range is a literal, so its tests fold away and a row meets one branch only.
  `CREATE MACRO contains(cidr, address) AS CASE
    WHEN address IS NULL THEN NULL
    WHEN strpos(cidr, ':') = 0 THEN CASE
      WHEN strpos(address, ':') = 0 THEN in_ipv4_range(cidr, address)
      WHEN address ILIKE '::ffff:%.%' THEN in_ipv4_range(cidr, substr(address, 8))
      ELSE FALSE END
    WHEN strpos(address, ':') = 0 OR address ILIKE '::ffff:%.%' THEN FALSE
    ELSE left(ipv6_bits(split_part(address, '%', 1)), CAST(split_part(cidr, '/', 2) AS INTEGER))
      = left(ipv6_bits(split_part(cidr, '/', 1)), CAST(split_part(cidr, '/', 2) AS INTEGER)) END`,
];
