import { closing, is, isName, type Token, tokenize } from "../tokens.ts";

/** A function or type that Athena may not have. */
export interface UnknownName {
  readonly kind: "function" | "type";
  readonly name: string;
}

/**
 * Functions and types of a statement beyond those that Athena's engine version 3 documents
 * and that the catalogue has a use for. A newer Trino has more, and would not tell.
 */
export function lintDialect(sql: string): readonly UnknownName[] {
  const tokens = tokenize(sql);
  return [
    ...calls(tokens)
      .filter((name) => !FUNCTIONS.has(name))
      .map((name) => ({ kind: "function", name }) as const),
    ...castTypes(tokens)
      .filter((name) => !TYPES.has(name))
      .map((name) => ({ kind: "type", name }) as const),
  ];
}

/**
 * Source: Athena User Guide, "Functions in Amazon Athena", engine version 3, which is Trino's
 * documentation. Add a name here only after looking it up there.
 */
const FUNCTIONS = new Set(
  [
    "abs ceil ceiling floor mod power round sign sqrt truncate greatest least width_bucket",
    "approx_distinct approx_percentile arbitrary array_agg avg bool_and bool_or checksum count count_if",
    "listagg map_agg max max_by min min_by stddev sum variance",
    "cume_dist dense_rank first_value lag last_value lead ntile percent_rank rank row_number",
    "cast coalesce format if nullif try try_cast",
    "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor",
    "date date_add date_diff date_format date_parse date_trunc day day_of_week day_of_year extract",
    "from_iso8601_timestamp from_unixtime hour minute month quarter second to_iso8601 to_unixtime week year",
    "concat concat_ws length lower lpad ltrim replace reverse rpad rtrim split split_part strpos substr",
    "substring trim upper url_decode url_encode regexp_extract regexp_like regexp_replace",
    "all_match any_match array_distinct array_join array_max array_min array_sort cardinality contains",
    "element_at filter flatten none_match reduce sequence slice transform unnest zip",
    "json_extract json_extract_scalar json_format json_parse",
    "map map_entries map_filter map_from_entries map_keys map_values",
    "from_hex md5 sha256 to_hex to_utf8 xxhash64",
  ].flatMap((names) => names.split(" ")),
);

/** Types that a cast may name. Those that a view can't have are refused where views are made. */
const TYPES = new Set(
  "array bigint boolean char date decimal double integer ipaddress json map real row smallint timestamp tinyint varbinary varchar".split(
    " ",
  ),
);

/** Words before a parenthesis that call nothing. */
const KEYWORDS = new Set(
  [
    "all and any as between by case cross cube distinct else end except exists filter from full",
    "group grouping having in inner intersect into is join lateral left like limit not on or order outer",
    "over partition recursive right rollup row rows select sets some then union using values when where window with within",
  ].flatMap((words) => words.split(" ")),
);

function calls(tokens: readonly Token[]): string[] {
  const names = tokens.flatMap((token, at) => {
    if (token.kind !== "word" || !is(tokens[at + 1], "(")) return [];
    const name = token.value.toLowerCase();
    if (KEYWORDS.has(name) && name !== "filter") return [];
    if (name === "filter" && is(tokens[at + 2], "WHERE")) return [];
    // A common table with its columns, a relation with an alias list, a type with its size.
    if (is(tokens[closing(tokens, at + 1) + 1], "AS") && isListOfNames(tokens, at + 1)) return [];
    if (is(tokens[at - 1], "AS") || isTarget(tokens, at)) return [];
    return [name];
  });
  return [...new Set(names)];
}

// `INSERT INTO catalog.schema.table (column, …)`
function isTarget(tokens: readonly Token[], at: number): boolean {
  let start = at;
  while (is(tokens[start - 1], ".")) start -= 2;
  return is(tokens[start - 1], "INTO");
}

function isListOfNames(tokens: readonly Token[], open: number): boolean {
  return tokens
    .slice(open + 1, closing(tokens, open))
    .every((token, i) => (i % 2 === 0 ? isName(token) : is(token, ",")));
}

function castTypes(tokens: readonly Token[]): string[] {
  const names = tokens.flatMap((token, at) => {
    if (!is(token, "CAST") && !is(token, "TRY_CAST")) return [];
    const end = closing(tokens, at + 1);
    const depth = token.depth + 1;
    const as = tokens.findIndex((t, i) => i > at && i < end && t.depth === depth && is(t, "AS"));
    if (as === -1) return [];
    const written = tokens
      .slice(as + 1, end)
      .filter((t) => t.kind === "word")
      .map((t) => t.value.toLowerCase());
    // `timestamp with time zone` is another type than `timestamp`.
    return written.includes("zone") ? [written.join(" ")] : written;
  });
  return [...new Set(names)];
}
