import type { Finding, Report } from "@turnaway/core";
import {
  renderCsvChunks,
  renderHtml,
  renderJsonChunks,
  renderMarkdown,
  sampleReport,
} from "@turnaway/report";
import { planIssue, type IssueSettings } from "../src/index.ts";

/** Makes an issue and files of very many findings, and tells what that took. As JSON. */
async function main(): Promise<void> {
  const report = largeReport(Number(process.argv[2]));
  const steps: Record<string, number> = {};
  for (const [name, step] of Object.entries(STEPS)) {
    steps[name] = await measured(() => step(report));
  }
  const readMs = steps["issue"]! + steps["markdown"]! + steps["html"]!;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const figures = { findings: report.findings.length, readMs, steps, peakBytes };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const SETTINGS: IssueSettings = {
  name: "production",
  issueMode: "rolling",
  title: "Reject report: {name}",
  labels: ["turnaway"],
  assignees: {},
  notify: "assign",
  onClear: "close",
  clearDays: 1,
  onReturn: "reopen",
};

// Each text is dropped before the next one is made, as a run writes its files one by one.
const STEPS: Readonly<Record<string, (report: Report) => unknown>> = {
  issue: (report) =>
    planIssue({
      report,
      settings: SETTINGS,
      sources: [],
      observed: { author: "github-actions[bot]", issues: [], comments: new Map() },
    }).actions.length,
  markdown: (report) => renderMarkdown(report).length,
  html: async (report) => (await renderHtml(report)).length,
  json: (report) => lengthOf(renderJsonChunks(report)),
  csv: (report) => lengthOf(renderCsvChunks(report)),
};

function lengthOf(chunks: Iterable<string>): number {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  return length;
}

async function measured(step: () => unknown): Promise<number> {
  const started = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function largeReport(count: number): Report {
  const sample = sampleReport();
  const [first] = sample.findings;
  const findings = Array.from({ length: count }, (_, index): Finding => {
    const client = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    return { ...first!, key: `internal-denied/${client}/tcp/5432`, client };
  });
  return { ...sample, counts: { new: count, ongoing: 0, resolved: 0, muted: 0 }, findings };
}

await main();
