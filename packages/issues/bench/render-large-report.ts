import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { Finding, Report } from "@turnaway/core";
import {
  maskReport,
  renderCsvChunks,
  renderHtml,
  renderJsonChunks,
  renderMarkdown,
  sampleReport,
} from "@turnaway/report";
import { planIssue, type IssueSettings } from "../src/index.ts";

/** Makes an issue and files of very many findings, and tells what that took. As JSON. */
async function main(): Promise<void> {
  // As the Action does at its start.
  setFlagsFromString("--semi-space-growth-factor=1");
  let report = largeReport(Number(process.argv[2]));
  const steps: Record<string, number> = {};
  if (process.argv[3] === "--mask") {
    steps["mask"] = await measured(() => (report = maskReport(report, MASK)));
  }
  for (const [name, step] of Object.entries(STEPS)) {
    steps[name] = await measured(() => step(report));
  }
  const readMs = steps["issue"]! + steps["markdown"]! + steps["html"]!;
  const peakBytes = mostResidentBytes();
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

const MASK = {
  what: ["accounts", "private-ips", "ids"],
  key: "a key that nobody else knows",
} as const;

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

// Not what `resourceUsage` says: there a process begins with the memory of the one that started it,
// and that one has a bundler in it.
function mostResidentBytes(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
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
