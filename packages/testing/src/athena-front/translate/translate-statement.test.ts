import { describe, expect, it } from "vitest";

import { translateStatement } from "./translate-statement.ts";
import { trinoType } from "./trino-type.ts";

const OPTIONS = { database: "net", hive: "awsdatacatalog", iceberg: "iceberg" };

describe("goes through", () => {
  it.each([
    ["a query", "SELECT 1;", "SELECT 1"],
    ["a query with several ends", "SELECT 1 ; \n;", "SELECT 1"],
    ["backquotes", "SELECT `end` FROM `net`.`flow_logs`", 'SELECT "end" FROM "net"."flow_logs"'],
    [
      "a backquote in a text or a comment",
      "SELECT '`a`;', \"`b`\" -- `c`",
      "SELECT '`a`;', \"`b`\" -- `c`",
    ],
    [
      "a view",
      "CREATE OR REPLACE VIEW `flows` AS SELECT 1 AS `end`",
      'CREATE OR REPLACE VIEW "flows" AS SELECT 1 AS "end"',
    ],
    ["an insert", "INSERT INTO t SELECT 1", "INSERT INTO t SELECT 1"],
    ["a delete", "DELETE FROM `t` WHERE day = 'x'", "DELETE FROM \"t\" WHERE day = 'x'"],
    ["a description", "DESCRIBE t", "DESCRIBE t"],
    ["the text of a view", "SHOW CREATE VIEW v", "SHOW CREATE VIEW v"],
  ])("%s", (_what, athena, trino) => {
    expect(translateStatement(athena, OPTIONS)).toEqual([trino]);
  });
});

describe("is translated", () => {
  it.each<[string, string, ...string[]]>([
    [
      "a raw table over text with projection",
      `-- the logs
       CREATE EXTERNAL TABLE IF NOT EXISTS \`flow_logs\` (
        \`version\` int COMMENT 'it\\'s the "version"',
        \`end\` bigint
      )
      COMMENT 'VPC flow logs'
      PARTITIONED BY (\`log_region\` string COMMENT 'region', \`log_date\` string, \`log_hour\` string, \`log_year\` string)
      ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
      WITH SERDEPROPERTIES ('field.delim' = ' ', 'serialization.format' = ' ')
      STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
      OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
      LOCATION 's3://logs/AWSLogs/'
      TBLPROPERTIES ('skip.header.line.count' = '1', 'projection.enabled' = 'true',
        'projection.log_region.type' = 'enum', 'projection.log_region.values' = 'eu-west-1,us-east-1',
        'projection.log_date.type' = 'date', 'projection.log_date.range' = '2026/11/01,2026/11/30',
        'projection.log_date.format' = 'yyyy/MM/dd', 'projection.log_date.interval' = '1', 'projection.log_date.interval.unit' = 'DAYS',
        'projection.log_hour.type' = 'integer', 'projection.log_hour.range' = '0,23', 'projection.log_hour.digits' = '2',
        'projection.log_year.type' = 'injected',
        'storage.location.template' = 's3://logs/AWSLogs/\${log_region}/\${log_date}/');`,
      [
        'CREATE TABLE IF NOT EXISTS "awsdatacatalog"."net"."flow_logs" (',
        "  \"version\" integer COMMENT 'it''s the \"version\"',",
        '  "end" bigint,',
        "  \"log_region\" varchar COMMENT 'region' WITH (partition_projection_type = 'ENUM', partition_projection_values = ARRAY['eu-west-1', 'us-east-1']),",
        "  \"log_date\" varchar WITH (partition_projection_type = 'DATE', partition_projection_range = ARRAY['2026/11/01', '2026/11/30'], partition_projection_format = 'yyyy/MM/dd', partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS'),",
        "  \"log_hour\" varchar WITH (partition_projection_type = 'INTEGER', partition_projection_range = ARRAY['0', '23'], partition_projection_digits = 2),",
        "  \"log_year\" varchar WITH (partition_projection_type = 'INJECTED')",
        ")",
        "COMMENT 'VPC flow logs'",
        "WITH (format = 'TEXTFILE', external_location = 's3://logs/AWSLogs/', partitioned_by = ARRAY['log_region', 'log_date', 'log_hour', 'log_year'], textfile_field_separator = ' ', skip_header_line_count = 1, partition_projection_enabled = true, partition_projection_location_template = 's3://logs/AWSLogs/${log_region}/${log_date}/')",
      ].join("\n"),
    ],
    [
      "a table as the documentation writes it",
      "CREATE EXTERNAL TABLE other.t (a string, b decimal(38,0)) ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' STORED AS TEXTFILE LOCATION 's3://b/t/'",
      'CREATE TABLE "awsdatacatalog"."other"."t" (\n  "a" varchar,\n  "b" decimal(38,0)\n)\nWITH (format = \'TEXTFILE\', external_location = \'s3://b/t/\', textfile_field_separator = \' \')',
    ],
    [
      "a Parquet table",
      "CREATE EXTERNAL TABLE t (a int) STORED AS PARQUET LOCATION 's3://b/t/'",
      'CREATE TABLE "awsdatacatalog"."net"."t" (\n  "a" integer\n)\nWITH (format = \'PARQUET\', external_location = \'s3://b/t/\')',
    ],
    [
      "an Iceberg table",
      "CREATE TABLE IF NOT EXISTS `rows` (`day` string COMMENT 'UTC', `at` timestamp) PARTITIONED BY (`day`, bucket(16, `at`)) LOCATION 's3://b/rows/' TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')",
      "CREATE TABLE IF NOT EXISTS \"iceberg\".\"net\".\"rows\" (\n  \"day\" varchar COMMENT 'UTC',\n  \"at\" timestamp(6)\n)\nWITH (format = 'PARQUET', partitioning = ARRAY['day', 'bucket(at, 16)'], location = 's3://b/rows/')",
    ],
    [
      "an Iceberg table from a query",
      "CREATE TABLE t WITH (table_type = 'ICEBERG', location = 's3://b/t/', is_external = false, format = 'parquet', partitioning = ARRAY['day', 'x']) AS SELECT `a` FROM s",
      "CREATE TABLE \"iceberg\".\"net\".\"t\" WITH (location = 's3://b/t/', format = 'PARQUET', partitioning = ARRAY['day', 'x']) AS SELECT \"a\" FROM s",
    ],
    [
      "a Hive table from a query",
      "CREATE TABLE other.t WITH (format = 'Parquet', write_compression = 'ZSTD', external_location = 's3://b/t/') AS WITH x AS (SELECT 1 AS n) SELECT n FROM x;",
      'CREATE TABLE "awsdatacatalog"."other"."t" WITH (format = \'PARQUET\', external_location = \'s3://b/t/\') AS WITH x AS (SELECT 1 AS n) SELECT n FROM x',
    ],
    [
      "a table from a query without properties",
      "CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS n",
      'CREATE TABLE IF NOT EXISTS "awsdatacatalog"."net"."t" AS SELECT 1 AS n',
    ],
    [
      "UNLOAD",
      "UNLOAD (SELECT a, (b) FROM t) TO 's3://b/out/' WITH (format = 'parquet', compression = 'zstd')",
      'CREATE TABLE "awsdatacatalog"."net"."unload_target" WITH (external_location = \'s3://b/out/\', format = \'PARQUET\') AS SELECT a, (b) FROM t',
      'DROP TABLE "awsdatacatalog"."net"."unload_target"',
    ],
    [
      "OPTIMIZE",
      "OPTIMIZE `rows` REWRITE DATA USING BIN_PACK WHERE day = '2026-11-19';",
      'ALTER TABLE "iceberg"."net"."rows" EXECUTE optimize WHERE day = \'2026-11-19\'',
    ],
    [
      "OPTIMIZE of a whole table",
      "OPTIMIZE net.rows REWRITE DATA USING BIN_PACK",
      'ALTER TABLE "iceberg"."net"."rows" EXECUTE optimize',
    ],
    [
      "VACUUM",
      "VACUUM rows;",
      'ALTER TABLE "iceberg"."net"."rows" EXECUTE expire_snapshots(retention_threshold => \'7d\')',
      'ALTER TABLE "iceberg"."net"."rows" EXECUTE remove_orphan_files(retention_threshold => \'7d\')',
    ],
    [
      "MSCK REPAIR",
      "MSCK REPAIR TABLE `flow_logs`",
      "CALL \"awsdatacatalog\".system.sync_partition_metadata('net', 'flow_logs', 'ADD')",
    ],
    [
      "added partitions",
      "ALTER TABLE flow_logs ADD IF NOT EXISTS PARTITION (`day` = '19', hour='07') LOCATION 's3://b/19/' PARTITION (day='20', hour='07')",
      "CALL \"awsdatacatalog\".system.register_partition('net', 'flow_logs', ARRAY['day', 'hour'], ARRAY['19', '07'], 's3://b/19/')",
      "CALL \"awsdatacatalog\".system.register_partition('net', 'flow_logs', ARRAY['day', 'hour'], ARRAY['20', '07'])",
    ],
    [
      "a dropped partition",
      "ALTER TABLE net.flow_logs DROP IF EXISTS PARTITION (day='19')",
      "CALL \"awsdatacatalog\".system.unregister_partition('net', 'flow_logs', ARRAY['day'], ARRAY['19'])",
    ],
    [
      "a new database",
      "CREATE DATABASE IF NOT EXISTS `net` COMMENT 'x' LOCATION 's3://b/net/'",
      'CREATE SCHEMA IF NOT EXISTS "awsdatacatalog"."net" WITH (location = \'s3://b/net/\')',
    ],
    [
      "a dropped database",
      "DROP DATABASE IF EXISTS net CASCADE;",
      'DROP SCHEMA IF EXISTS "awsdatacatalog"."net" CASCADE',
    ],
    [
      "SHOW DATABASES",
      "SHOW DATABASES",
      "SELECT schema_name AS database_name FROM \"awsdatacatalog\".information_schema.schemata WHERE schema_name <> 'information_schema' ORDER BY 1",
    ],
    [
      "SHOW PARTITIONS",
      "SHOW PARTITIONS `flow_logs`;",
      'SELECT * FROM "awsdatacatalog"."net"."flow_logs$partitions"',
    ],
    [
      "SHOW VIEWS",
      "SHOW VIEWS IN `other`",
      "SELECT table_name AS views FROM \"awsdatacatalog\".information_schema.views WHERE table_schema = 'other' ORDER BY 1",
    ],
    [
      "SHOW TABLES",
      "SHOW TABLES IN other 'flow*'",
      "SELECT table_name AS tab_name FROM \"awsdatacatalog\".information_schema.tables WHERE table_schema = 'other' AND table_name LIKE 'flow%' ORDER BY 1",
    ],
  ])("%s", (_what, athena, ...trino) => {
    expect(translateStatement(athena, OPTIONS)).toEqual(trino);
  });

  it.each([
    ["CREATE EXTERNAL TABLE t (a int) CLUSTERED BY (a)", /a clause of CREATE TABLE/],
    ["CREATE EXTERNAL TABLE t (a int", /expected \)/],
    ["OPTIMIZE t REWRITE", /can not read/],
  ])("what can not be read is said: %s", (sql, message) => {
    expect(() => translateStatement(sql, OPTIONS)).toThrow(message);
  });
});

it.each([
  ["string", "varchar"],
  ["INT", "integer"],
  ["decimal(38, 0)", "decimal(38,0)"],
  ["varchar(10)", "varchar(10)"],
  ["array<string>", "array(varchar)"],
  ["map<string,array<int>>", "map(varchar, array(integer))"],
  ["struct<a:int,b:map<string,decimal(5,2)>>", 'row("a" integer, "b" map(varchar, decimal(5,2)))'],
])("the type %s is %s", (hive, trino) => {
  expect(trinoType(hive)).toBe(trino);
});
