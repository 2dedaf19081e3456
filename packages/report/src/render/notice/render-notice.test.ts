import type { Finding } from "@turnaway/core";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { hostileText } from "../../hostile-text.ts";
import { manyFindings } from "../../many-findings.ts";
import { sampleReport } from "../../sample-report.ts";
import type { ReportChanges } from "../issue/render-changes.ts";
import { renderNotice } from "./render-notice.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const URL = "https://github.com/octo/network/issues/5";
const NOTHING: ReportChanges = {
  added: [],
  resolved: [],
  worse: [],
  verdict: null,
  expiring: [],
};

test("a notice says what is new and worse, with the link, and counts the rest", async () => {
  const report = sampleReport();
  const [first, second, third] = report.findings;
  const { subject, text } = renderNotice(
    report,
    {
      added: [first!, second!],
      worse: [{ finding: third!, from: "low" }],
      resolved: [{ key: "port-scan/10.0.5.99", finding: null }],
      verdict: null,
      expiring: report.findings.filter(({ status }) => status === "muted"),
    },
    { url: URL },
  );
  await expect(`${subject}\n\n${text}`).toMatchFileSnapshot("../../../golden/notice.txt");
});

test("a notice is short, however much is new, and may be defanged", () => {
  const report = manyFindings(100_000);
  const changes = { ...NOTHING, added: report.findings };
  const { subject, text } = renderNotice(report, changes, { url: URL, defang: true });
  expect(subject).toBe("production: 100,000 new");
  expect(text).toContain("- and 99,990 more");
  expect(text.length).toBeLessThan(2000);
  expect(text).toContain("10.0.0[.]9");
  expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
});

test("no text of a log is a link, a mention, a command or another line", () => {
  fc.assert(
    fc.property(hostileText(), (hostile) => {
      const [sample] = sampleReport().findings;
      const finding: Finding = {
        ...sample!,
        client: hostile,
        server: hostile,
        owner: hostile,
        title: hostile,
        detection: hostile,
      };
      const report = { ...sampleReport(), name: hostile, headline: hostile };
      const { subject, text } = renderNotice(
        report,
        { ...NOTHING, added: [finding] },
        { url: URL },
      );
      expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
      const lines = text.split("\n");
      expect(lines).toHaveLength(5);
      expect(lines[1]).toBe(URL);
      const rest = lines.toSpliced(1, 1).join("\n");
      expect(rest).not.toMatch(/:\/\/|[<>@]|[\p{L}\p{N}]\.\p{L}|[\p{Cf}]/u);
      expect(rest).not.toMatch(/^\s*::.*::/m);
    }),
    { seed: 5, numRuns: 300 },
  );
});
