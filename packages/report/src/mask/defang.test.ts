import { refang } from "@turnaway/core";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { renderCsv, renderIssue, renderJson, renderMarkdown } from "../index.ts";
import { renderChanges } from "../render/issue/index.ts";
import { sampleReport } from "../sample-report.ts";
import { defang } from "./defang.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

test.each([
  ["203.0.113.7", "203.0.113[.]7"],
  ["10.0.3.7->10.0.9.20:5432/tcp", "10.0.3[.]7->10.0.9[.]20:5432/tcp"],
  ["[2001:db8::7]:443", "[2001:db8:[:]7]:443"],
  ["::ffff:10.0.3.7", "::ffff:10.0.3[.]7"],
  ["14:05:09 on 2026-11-19, version 1.2.3", "14:05:09 on 2026-11-19, version 1.2.3"],
])("%s is written as %s", (text, defanged) => {
  expect(defang(text)).toBe(defanged);
  expect(defang(defanged)).toBe(defanged);
});

test("what was defanged is read back", () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(fc.array(address), (addresses) => {
      const text = addresses.join("/");
      expect(refang(defang(text))).toBe(text);
    }),
    { seed: 5 },
  );
});

test("where people read, no address is left whole; where programs do, all are", () => {
  const report = sampleReport();
  const { body, receipt } = renderIssue(report, { defang: true });
  const changes = renderChanges(
    report,
    {
      added: report.findings,
      resolved: [{ key: "port-scan/10.0.5.99", finding: null }],
      worse: [],
      verdict: null,
      expiring: [],
    },
    { defang: true },
  );
  const addresses = report.findings.flatMap(({ client, server }) => [client ?? [], server ?? []]);
  for (const text of [body, receipt, changes, renderMarkdown(report, { defang: true })]) {
    for (const address of addresses.flat()) expect(text).not.toContain(address);
  }
  expect(body).toContain("turnaway trace '10.0.5[.]99->203.0.113[.]66:4444'");
  expect(renderJson(report) + renderCsv(report)).not.toContain("[.]");
});
