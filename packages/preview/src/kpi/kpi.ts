import type { Row } from "@turnaway/core";
import type { PlannedField } from "@turnaway/dashboards";
import { visibleText } from "@turnaway/report";

import {
  type Figure,
  fieldsOf,
  granularityOf,
  meaningText,
  numberFormat,
  valueText,
} from "../figure.ts";
import { numberText, PERCENT, toNumber } from "../text/number-text.ts";
import { everyStep, tickText, toTime } from "../text/time-text.ts";

/** What a KPI says. */
export interface Kpi {
  /** The large figure: as QuickSight, of the last period where there is a trend. */
  readonly value: string;
  /** What the figure is of: `on 20 Nov`. */
  readonly when: string;
  /** Against the period before, or against the target. */
  readonly change: KpiChange | null;
  /** Over all that the filters leave, where the figure is of one period only. */
  readonly total: string | null;
  /** One for each period, null where there are no rows. */
  readonly points: readonly (number | null)[];
}

export interface KpiChange {
  readonly text: string;
  /** Whether somebody should be glad; null where nobody can say. */
  readonly isGood: boolean | null;
}

/** The figures of a KPI; null where there are no rows to speak of. */
export function kpiOf(figure: Figure): Kpi | null {
  const measure = fieldsOf(figure, "value")[0];
  if (measure === undefined) return null;
  const all = figure.rows[0]?.[measure.id] ?? null;
  const period = fieldsOf(figure, "trend")[0];
  const last = figure.trend.at(-1);
  if (last === undefined || period === undefined) {
    if (all === null) return null;
    const target = fieldsOf(figure, "target")[0];
    return {
      value: valueText(all, measure),
      when: "",
      change: target === undefined ? null : againstTarget(figure.rows[0]!, measure, target),
      total: null,
      points: [],
    };
  }
  return {
    value: valueText(last[measure.id], measure),
    when: periodText(last, period),
    change: againstBefore(figure, measure, period),
    total: figure.trend.length > 1 ? `${valueText(all, measure)} in all` : null,
    points: pointsOf(figure.trend, measure, period),
  };
}

function againstBefore(
  figure: Figure,
  measure: PlannedField,
  period: PlannedField,
): KpiChange | null {
  const { trend } = figure;
  const [before, last] = [trend.at(-2), trend.at(-1)!];
  if (before === undefined) return null;
  const [from, to] = [toNumber(before[measure.id]), toNumber(last[measure.id])];
  if (from === null || to === null) return null;
  const when = periodText(before, period);
  if (from === to) return { text: `as on ${when}`, isGood: null };
  const arrow = to > from ? "↑" : "↓";
  return {
    text: `${arrow} ${changeText(from, to, measure)} on ${when}`,
    isGood: isGood(meaningText(figure, measure), to > from),
  };
}

// A share changes by points, and what was nothing by no share of it.
function changeText(from: number, to: number, measure: PlannedField): string {
  const format = numberFormat(measure);
  const difference = Math.abs(to - from);
  if (format.type === "percent")
    return `${numberText(difference * 100, { ...format, type: "number", decimals: 1 })} points`;
  if (from === 0) return numberText(difference, format);
  const share = difference / Math.abs(from);
  if (share >= 10)
    return `${numberText(to / from, { ...format, scale: "auto", decimals: 0, suffix: "" })} times`;
  return numberText(share, { ...PERCENT, decimals: share < 0.1 ? 1 : 0 });
}

function againstTarget(row: Row, measure: PlannedField, target: PlannedField): KpiChange | null {
  const goal = toNumber(row[target.id]);
  const value = toNumber(row[measure.id]);
  if (goal === null || value === null || goal === 0) return null;
  const share = numberText(value / goal, PERCENT);
  return { text: `${share} of ${valueText(row[target.id], target)}`, isGood: value >= goal };
}

// More refusals are bad news; more traffic is no news.
function isGood(meaning: string, isMore: boolean): boolean | null {
  return /reject|refus|lost|\bnew\b|is_new|skip/i.test(meaning) ? !isMore : null;
}

function periodText(row: Row, period: PlannedField): string {
  const time = toTime(row[period.id]);
  const granularity = granularityOf(period) ?? "day";
  return time === null
    ? valueText(row[period.id], period)
    : visibleText(tickText(time, granularity));
}

function pointsOf(
  trend: readonly Row[],
  measure: PlannedField,
  period: PlannedField,
): (number | null)[] {
  const values = new Map(
    trend.map((row) => [toTime(row[period.id]) ?? 0, toNumber(row[measure.id])]),
  );
  return everyStep([...values.keys()], granularityOf(period) ?? "day").map(
    (time) => values.get(time) ?? null,
  );
}
