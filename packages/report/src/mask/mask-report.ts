import type { Finding, Report } from "@turnaway/core";
import { textMask, type MaskOptions } from "./text-mask.ts";

/**
 * The report with every text masked: titles, evidence, paths, and the keys themselves, which then
 * are as stable as before where `key` is given. Numbers stay. Masking twice is masking once.
 *
 * Mutes by address were matched before; those by key match the masked key when the report is
 * built with {@link postedKey}.
 */
export function maskReport(report: Report, options: MaskOptions): Report {
  if (options.what.length === 0) return report;
  const accounts = new Set(options.accounts);
  for (const { ids } of report.findings) if (ids.account !== null) accounts.add(ids.account);
  const mask = textMask({
    ...options,
    accounts: [...accounts].filter((id) => /^\d{12}$/.test(id)),
  });
  const masked = maskStrings(report, mask);
  const keys = distinctKeys(masked.findings);
  return {
    ...masked,
    findings: masked.findings.map((finding, index) =>
      withOwnKey(finding, report.findings[index]!, keys[index]!),
    ),
  };
}

/**
 * What {@link maskReport} makes of a finding's key, so that a mute may name it; undefined where
 * keys stay, and where they lose what tells them apart.
 */
export function postedKey(options: MaskOptions): ((key: string) => string) | undefined {
  return options.what.length === 0 || options.key === null ? undefined : textMask(options);
}

function withOwnKey(masked: Finding, before: Finding, key: string): Finding {
  // A command about a placeholder finds nothing.
  const trace = masked.trace === before.trace ? before.trace : null;
  if (masked === before) return key === before.key ? before : { ...before, key };
  return Object.assign(masked, { key, trace });
}

// Without a secret several keys become one text. The eldest keeps it and the others are numbered by
// age, so that what is new gets a new key and what was there keeps its own.
function distinctKeys(findings: readonly Finding[]): string[] {
  const keys = findings.map(({ key }) => key);
  if (new Set(keys).size === keys.length) return keys;
  const byAge = findings.toSorted((a, b) =>
    a.firstSeen < b.firstSeen ? -1 : a.firstSeen > b.firstSeen ? 1 : 0,
  );
  const used = new Map<string, number>();
  const numbered = new Map(
    byAge.map((finding) => {
      const times = (used.get(finding.key) ?? 0) + 1;
      used.set(finding.key, times);
      return [finding, times === 1 ? finding.key : `${finding.key}#${times}`];
    }),
  );
  return findings.map((finding) => numbered.get(finding)!);
}

// What has nothing to hide stays the same object: a report may have 100,000 findings.
function maskStrings<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === "string") return mask(value) as T;
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value)
    ? (maskList(value, mask) as T)
    : (maskMembers(value as Record<string, unknown>, mask) as T);
}

function maskList(list: readonly unknown[], mask: (text: string) => string): readonly unknown[] {
  const masked = list.map((each) => maskStrings(each, mask));
  return masked.some((each, index) => each !== list[index]) ? masked : list;
}

// A copy of the whole takes a third of the room of one that is made member by member.
function maskMembers(
  value: Record<string, unknown>,
  mask: (text: string) => string,
): Record<string, unknown> {
  let masked = value;
  for (const name in value) {
    if (mask(name) !== name) return maskNames(value, mask);
    const member = maskStrings(value[name], mask);
    if (member === value[name]) continue;
    if (masked === value) masked = { ...value };
    masked[name] = member;
  }
  return masked;
}

// Names of evidence come from the logs, too.
function maskNames(
  value: Record<string, unknown>,
  mask: (text: string) => string,
): Record<string, unknown> {
  const members = Object.entries(value).map(([name, member]) => [
    mask(name),
    maskStrings(member, mask),
  ]);
  return Object.fromEntries(members) as Record<string, unknown>;
}
