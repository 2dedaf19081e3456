import type { Report } from "@turnaway/core";
import { sampleFindings } from "./sample-findings.ts";
import { sampleReport } from "./sample-report.ts";

/** The typical sample with `count` new findings in place of its own. */
export function manyFindings(count: number): Report {
  const [first] = sampleFindings();
  const findings = Array.from({ length: count }, (_, index) => ({
    ...first!,
    key: `newly-rejected:${index}`,
    client: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  }));
  return {
    ...sampleReport(),
    counts: { new: count, ongoing: 0, resolved: 0, muted: 0 },
    findings,
  };
}
