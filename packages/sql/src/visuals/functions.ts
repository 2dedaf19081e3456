import type { Expression } from "./expression.ts";

/** A function of calculated fields, and its text in Trino's dialect. */
export interface ExpressionFunction {
  /** Fewest and most arguments, the period not counted. */
  readonly args: readonly [least: number, most: number];
  /** Whether it makes one value of many rows. */
  readonly isAggregate: boolean;
  /** Where the period stands among the written arguments; absent: it takes none. */
  readonly period?: number;
  readonly sql: (args: readonly string[], call: Call) => string;
}

type Call = Expression & { readonly type: "call" };

/** The function by its name in QuickSight, whatever the case of its letters; undefined for others. */
export function expressionFunction(name: string): ExpressionFunction | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(FUNCTIONS, key) ? FUNCTIONS[key] : undefined;
}

const MANY = 200;

const FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  ...aggregates({
    sum: (x) => `sum(${x})`,
    avg: (x) => `avg(CAST(${x} AS double))`,
    min: (x) => `min(${x})`,
    max: (x) => `max(${x})`,
    count: (x) => `count(${x})`,
    distinct_count: (x) => `count(DISTINCT ${x})`,
    median: (x) => middle(x),
    stdev: (x) => `stddev_samp(CAST(${x} AS double))`,
    stdevp: (x) => `stddev_pop(CAST(${x} AS double))`,
    var: (x) => `var_samp(CAST(${x} AS double))`,
    varp: (x) => `var_pop(CAST(${x} AS double))`,
  }),
  percentile: aggregate(2, ([x, p]) => nth(x!, `ceil(count(${x}) * ${p} / 100.0)`)),
  percentiledisc: aggregate(2, ([x, p]) => nth(x!, `ceil(count(${x}) * ${p} / 100.0)`)),

  ifelse: plain([3, MANY], (args) => `CASE ${whens(args)} END`),
  switch: plain([3, MANY], ([value, ...args]) => `CASE ${value} ${whens(args)} END`),
  coalesce: plain([1, MANY], (args) => `coalesce(${args.join(", ")})`),
  isnull: plain([1, 1], ([x]) => `(${x} IS NULL)`),
  isnotnull: plain([1, 1], ([x]) => `(${x} IS NOT NULL)`),
  nullif: plain([2, 2], ([x, y]) => `nullif(${x}, ${y})`),
  in: plain([2, MANY], ([x, ...items]) => `(${x} IN (${items.join(", ")}))`),
  notin: plain([2, MANY], ([x, ...items]) => `(${x} NOT IN (${items.join(", ")}))`),

  abs: plain([1, 1], ([x]) => `abs(${x})`),
  ceil: plain([1, 1], ([x]) => `ceil(${x})`),
  floor: plain([1, 1], ([x]) => `floor(${x})`),
  round: plain([1, 2], ([x, digits = "0"]) => `round(CAST(${x} AS double), ${digits})`),
  sqrt: plain([1, 1], ([x]) => `sqrt(${x})`),
  mod: plain([2, 2], ([x, y]) => `mod(${x}, nullif(${y}, 0))`),
  // DuckDB has no `truncate`.
  decimaltoint: plain(
    [1, 1],
    ([x]) => `CAST(CASE WHEN ${x} < 0 THEN ceil(${x}) ELSE floor(${x}) END AS bigint)`,
  ),
  inttodecimal: plain([1, 1], ([x]) => `CAST(${x} AS double)`),
  // DuckDB would round what is no whole number.
  parseint: plain(
    [1, 1],
    ([x]) =>
      `CASE WHEN strpos(${x}, '.') = 0 AND strpos(lower(${x}), 'e') = 0 THEN try_cast(${x} AS bigint) END`,
  ),
  parsedecimal: plain([1, 1], ([x]) => `try_cast(${x} AS double)`),
  tostring: plain([1, 1], ([x]) => `CAST(${x} AS varchar)`),

  concat: plain([1, MANY], (args) => `(${args.map((x) => `CAST(${x} AS varchar)`).join(" || ")})`),
  contains: plain([2, 2], ([x, part]) => `(strpos(${x}, ${part}) > 0)`),
  startswith: plain([2, 2], ([x, part]) => `(substr(${x}, 1, length(${part})) = ${part})`),
  // A text that is shorter than the part would make a start before the first character.
  endswith: plain(
    [2, 2],
    ([x, part]) =>
      `(length(${x}) >= length(${part}) AND substr(${x}, length(${x}) - length(${part}) + 1) = ${part})`,
  ),
  locate: plain([2, 2], ([x, part]) => `strpos(${x}, ${part})`),
  left: plain([2, 2], ([x, n]) => `substr(${x}, 1, ${n})`),
  right: plain([2, 2], ([x, n]) => `substr(${x}, greatest(length(${x}) - ${n}, 0) + 1)`),
  substring: plain([3, 3], ([x, start, n]) => `substr(${x}, ${start}, ${n})`),
  replace: plain([3, 3], ([x, old, by]) => `replace(${x}, ${old}, ${by})`),
  split: plain([3, 3], ([x, by, n]) => `split_part(${x}, ${by}, ${n})`),
  strlen: plain([1, 1], ([x]) => `length(${x})`),
  tolower: plain([1, 1], ([x]) => `lower(${x})`),
  toupper: plain([1, 1], ([x]) => `upper(${x})`),
  trim: plain([1, 1], ([x]) => `trim(${x})`),
  ltrim: plain([1, 1], ([x]) => `ltrim(${x})`),
  rtrim: plain([1, 1], ([x]) => `rtrim(${x})`),

  truncdate: ofPeriod(0, [1, 1], ([time], { period }) => cutTo(period!, time!)),
  extract: ofPeriod(0, [1, 1], ([time], { period }) =>
    period === "week" ? `week(${time})` : `${period!}(${time})`,
  ),
  datediff: ofPeriod(
    2,
    [2, 2],
    ([from, to], { period = "day" }) =>
      `date_diff('${period}', ${cutTo(period, from!)}, ${cutTo(period, to!)})`,
  ),
  adddatetime: ofPeriod(
    1,
    [2, 2],
    ([n, time], { period }) => `(${time} + ${n} * ${INTERVALS[period!]})`,
  ),
};

/** The time cut to its period. Weeks begin on Sundays, as in QuickSight, where Trino's do on Mondays. */
export function cutTo(period: NonNullable<Call["period"]>, time: string): string {
  if (period !== "week") return `date_trunc('${period}', ${time})`;
  return `(date_trunc('week', ${time} + INTERVAL '1' DAY) - INTERVAL '1' DAY)`;
}

const INTERVALS: Readonly<Record<NonNullable<Call["period"]>, string>> = {
  year: "INTERVAL '1' YEAR",
  quarter: "INTERVAL '3' MONTH",
  month: "INTERVAL '1' MONTH",
  week: "INTERVAL '7' DAY",
  day: "INTERVAL '1' DAY",
  hour: "INTERVAL '1' HOUR",
  minute: "INTERVAL '1' MINUTE",
  second: "INTERVAL '1' SECOND",
  millisecond: "INTERVAL '0.001' SECOND",
};

function plain(
  args: ExpressionFunction["args"],
  sql: ExpressionFunction["sql"],
): ExpressionFunction {
  return { args, isAggregate: false, sql };
}

function ofPeriod(
  period: number,
  args: ExpressionFunction["args"],
  sql: ExpressionFunction["sql"],
): ExpressionFunction {
  return { args, isAggregate: false, period, sql };
}

function aggregate(count: number, sql: ExpressionFunction["sql"]): ExpressionFunction {
  return { args: [count, count], isAggregate: true, sql };
}

/** Each of them, and its form that takes a condition: `sum(x)`, `sumIf(x, condition)`. */
function aggregates(
  forms: Readonly<Record<string, (x: string) => string>>,
): Record<string, ExpressionFunction> {
  return Object.fromEntries(
    Object.entries(forms).flatMap(([name, sql]) => [
      [name, aggregate(1, ([x]) => sql(x!))],
      [`${name}if`, aggregate(2, ([x, test]) => sql(`CASE WHEN ${test} THEN ${x} END`))],
    ]),
  );
}

function whens(args: readonly string[]): string {
  const cases: string[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) cases.push(`WHEN ${args[i]} THEN ${args[i + 1]}`);
  if (args.length % 2 === 1) cases.push(`ELSE ${args.at(-1)}`);
  return cases.join(" ");
}

// The engines' own percentiles are estimates, each its own. Of no values it is NULL, as `NULL[1]` is.
function nth(x: string, place: string): string {
  return `${sorted(x)}[CAST(greatest(${place}, 1) AS bigint)]`;
}

function middle(x: string): string {
  const low = nth(x, `floor((count(${x}) + 1) / 2.0)`);
  const high = nth(x, `ceil((count(${x}) + 1) / 2.0)`);
  return `((CAST(${low} AS double) + CAST(${high} AS double)) / 2)`;
}

function sorted(x: string): string {
  return `array_sort(array_agg(${x}) FILTER (WHERE ${x} IS NOT NULL))`;
}
