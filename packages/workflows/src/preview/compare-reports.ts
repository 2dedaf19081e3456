import { z } from "zod";

/** A report that was made, as far as a preview looks into it. */
export interface MadeReport {
  readonly kind: "report";
  /** Without the receipt, which differs from run to run. */
  readonly markdown: string;
  /** By key. */
  readonly findings: ReadonlyMap<string, PreviewFinding>;
}

/** No report was made. */
export interface FailedReport {
  readonly kind: "failed";
  /** What the command said. */
  readonly why: string;
}

export type PreviewFinding = z.infer<typeof findingSchema>;

const findingSchema = z.looseObject({
  key: z.string(),
  severity: z.string(),
  title: z.string(),
});
const reportSchema = z.looseObject({ findings: z.array(findingSchema) });

/** Reads what `turnaway report --out` wrote. */
export function readReport(markdown: string, json: string): MadeReport {
  const { findings } = reportSchema.parse(JSON.parse(json));
  return {
    kind: "report",
    markdown: withoutReceipt(markdown),
    findings: new Map(findings.map((finding) => [finding.key, finding])),
  };
}

/** How one finding differs. */
export interface FindingChange {
  readonly kind: "added" | "gone" | "changed";
  readonly finding: PreviewFinding;
  /** What differs, by name, where both have it. */
  readonly fields: readonly string[];
}

/** How the findings differ: in the order of the new report, then those that it lacks. */
export function compareFindings(base: MadeReport, head: MadeReport): FindingChange[] {
  const changes = [...head.findings.values()].flatMap((finding): FindingChange[] => {
    const before = base.findings.get(finding.key);
    if (before === undefined) return [{ kind: "added", finding, fields: [] }];
    const fields = differentFields(before, finding);
    return fields.length === 0 ? [] : [{ kind: "changed", finding, fields }];
  });
  const gone = [...base.findings.values()].filter(({ key }) => !head.findings.has(key));
  return [
    ...changes,
    ...gone.map((finding): FindingChange => ({ kind: "gone", finding, fields: [] })),
  ];
}

function differentFields(one: PreviewFinding, other: PreviewFinding): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

function withoutReceipt(markdown: string): string {
  return markdown.replace(
    /<details>\n<summary><b>Receipt<\/b><\/summary>\n[^]*?\n<\/details>\n?/,
    "",
  );
}
