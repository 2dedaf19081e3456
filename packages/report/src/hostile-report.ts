import type { Finding, Report } from "@turnaway/core";

/** The report with every text of it replaced: whatever a log, a tag or a configuration can hold. */
export function withText(report: Report, text: string): Report {
  return {
    ...report,
    name: text,
    headline: text,
    notices: [text],
    findings: report.findings.map((finding) => findingWithText(finding, text)),
    noise: {
      ...report.noise,
      topPorts: [{ name: text, records: 1 }],
      topSources: [{ name: text, records: 1 }],
    },
    coverage: {
      ...report.coverage,
      formats: [{ fields: text, files: 1, records: 1 }],
      problems: report.coverage.problems.map((problem) => ({
        ...problem,
        code: text,
        where: text,
        detail: text,
      })),
    },
    ...(report.absent && { absent: [{ section: text, reason: text }] }),
    receipt: {
      ...report.receipt,
      engine: text,
      queries: [{ name: text, id: text, scannedBytes: 1, durationMs: 1 }],
      versions: { [text]: text },
    },
  };
}

function findingWithText(finding: Finding, text: string): Finding {
  return {
    ...finding,
    key: text,
    detection: text,
    client: text,
    server: text,
    protocol: text,
    owner: text,
    title: text,
    why: text,
    next: text,
    trace: text,
    rule: text,
    ids: { account: text, vpc: text, subnet: text, instance: text, interface: text },
    mute: { reason: text, owner: text, until: "2026-11-24" },
    evidence: { [text]: text, list: [text, text] },
  };
}
