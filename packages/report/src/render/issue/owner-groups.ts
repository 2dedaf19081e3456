import type { Finding } from "@turnaway/core";
import { markdownCode } from "../../escape/markdown-code.ts";
import { counted } from "../words.ts";

/** Findings of one owner; `null` is nobody's. */
export interface OwnerGroup {
  readonly owner: string | null;
  readonly findings: readonly Finding[];
}

/** Grouped by owner, whose first finding comes first, first; what is unowned comes last. */
export function byOwner(findings: readonly Finding[]): OwnerGroup[] {
  const groups = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.owner);
    if (group === undefined) groups.set(finding.owner, [finding]);
    else group.push(finding);
  }
  return [...groups]
    .map(([owner, findings]) => ({ owner, findings }))
    .sort((a, b) => Number(a.owner === null) - Number(b.owner === null));
}

/** `## Whose` and a line for each owner; empty when nothing is open. */
export function ownersMarkdown(findings: readonly Finding[]): string {
  const open = findings.filter(({ status }) => status === "new" || status === "ongoing");
  const groups = byOwner(open);
  if (groups.length === 0) return "";
  const lines = groups.slice(0, OWNERS_SHOWN).map(ownerLine);
  const rest = groups.length - lines.length;
  const more = rest > 0 ? [`- and ${counted(rest, "more owner")} in report.json`] : [];
  return ["## Whose", "", ...lines, ...more].join("\n");
}

export function ownerText(owner: string | null): string {
  return owner === null ? "unowned" : markdownCode(owner);
}

const OWNERS_SHOWN = 30;

function ownerLine({ owner, findings }: OwnerGroup): string {
  const fresh = findings.filter(({ status }) => status === "new").length;
  const ongoing = findings.length - fresh;
  const parts = [
    ...(fresh > 0 ? [`${fresh} new`] : []),
    ...(ongoing > 0 ? [`${ongoing} still there`] : []),
  ];
  return `- **${ownerText(owner)}** ${parts.join(" · ")}`;
}
