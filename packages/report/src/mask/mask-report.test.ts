import { LOCAL_RANGES, type Finding, type Report } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  renderCsv,
  renderHtml,
  renderIssue,
  renderJson,
  renderMarkdown,
  renderText,
} from "../index.ts";
import { SAMPLE_KINDS, sampleReport } from "../sample-report.ts";
import { maskReport, postedKey, textMask, type MaskKind, type MaskOptions } from "./index.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const ALL: readonly MaskKind[] = ["accounts", "private-ips", "ids"];
const KEY = "a key that nobody else knows";
const keyed: MaskOptions = { what: ALL, key: KEY };
const blank: MaskOptions = { what: ALL, key: null };

describe("a text", () => {
  const mask = textMask(blank);
  test.each([
    ["10.0.3.7 → 10.0.9.20:5432", "masked-ip → masked-ip:5432"],
    ["http://[fd12::7]:443/ and fe80::1%eth0.", "http://[masked-ip]:443/ and masked-ip%eth0."],
    ["::ffff:10.0.3.7, ::ffff:a00:307 and 64:ff9b::a00:307", "masked-ip, masked-ip and masked-ip"],
    [
      "203.0.113.7, 2001:db8::7, 172.32.0.1, 14:05:09",
      "203.0.113.7, 2001:db8::7, 172.32.0.1, 14:05:09",
    ],
    ["1.10.0.3.7.2 010.000.003.007 x10.0.3.7y", "1.masked-ip.2 masked-ip xmasked-ipy"],
    ["2001:db8:fd00::1: 2001:db8::10.0.3.7", "2001:db8:fd00::1: 2001:db8::masked-ip"],
    ["ip-10-0-3-7.ec2.internal ip-8-8-8-8", "masked-ip.ec2.internal ip-8-8-8-8"],
    ["10.0.0.0/8 169.254.169.254 100.64.1.1", "masked-ip/8 masked-ip masked-ip"],
    [
      "AWSLogs/111122223333/vpcflowlogs 111122223333_x",
      "AWSLogs/masked-account/vpcflowlogs masked-account_x",
    ],
    [
      "arn:aws:iam::111122223333:role/x 1111-2222-3333",
      "arn:aws:iam::masked-account:role/x masked-account",
    ],
    [
      "?q=%2010.0.3.7%3A111122223333$252Feni-0aa11bb22cc33dd44",
      "?q=%20masked-ip%3Amasked-account$252Fmasked-eni",
    ],
    ["sha256 0f111122223333aa", "sha256 0fmasked-accountaa"],
    ["1234567890123 20261119T1405Z 3f0c1a2b-1111-2222-3333-111122223333", null],
    ["eni-0aa11bb22cc33dd44, i-0bad0bad ENI-0AA11BB22CC33DD44", "masked-eni, masked-i masked-eni"],
    ["semi-deadbeef, vpc-link, team-0123456789", null],
    [
      "s3://b/111122223333_vpcflowlogs_eu-west-1_fl-0a1b2c3d_x.log.gz:7",
      "s3://b/masked-account_vpcflowlogs_eu-west-1_masked-fl_x.log.gz:7",
    ],
  ])("%s", (text, expected) => {
    expect(mask(text)).toBe(expected ?? text);
  });

  test("is masked in what is asked for, and nothing else", () => {
    const text = "10.0.3.7 111122223333 eni-0aa11bb22cc33dd44";
    const parts = text.split(" ");
    for (const [index, kind] of (["private-ips", "accounts", "ids"] as const).entries()) {
      const masked = textMask({ what: [kind], key: KEY })(text).split(" ");
      expect(masked.map((part, at) => part === parts[at])).toEqual(
        parts.map((_, at) => at !== index),
      );
    }
    expect(textMask({ what: [], key: KEY })(text)).toBe(text);
  });

  test("has a network of one's own masked like a private one", () => {
    const own = textMask({ ...blank, localRanges: [...LOCAL_RANGES, "203.0.113.0/24"] });
    expect(own("203.0.113.7 → 198.51.100.7")).toBe("masked-ip → 198.51.100.7");
  });
});

describe("a pseudonym", () => {
  const word = (text: string, key = KEY): string => textMask({ what: ALL, key })(text);

  test("is the same for one address however it is written, and another with another key", () => {
    expect(word("10.0.3.7")).toMatch(/^ip-[^\da-fA-F\W]{10}$/);
    for (const same of ["010.0.3.7", "::ffff:10.0.3.7", "::FFFF:a00:307", "ip-10-0-3-7"]) {
      expect(word(same)).toBe(word("10.0.3.7"));
    }
    expect(word("fd00:0::0:7")).toBe(word("FD00::7"));
    expect(word("10.0.3.8")).not.toBe(word("10.0.3.7"));
    expect(word("10.0.3.7", "another key of that kind")).not.toBe(word("10.0.3.7"));
  });

  test("needs a key that can't be guessed", () => {
    expect(() => word("10.0.3.7", "")).toThrow(/at least 16/);
    expect(() => word("10.0.3.7", "fifteen letters")).toThrow(/openssl rand/);
    expect(word("10.0.3.7", "sixteen letters!")).toMatch(/^ip-/);
  });

  test("differs for every host of a network", () => {
    const mask = textMask(keyed);
    const words = Array.from({ length: 4096 }, (_, host) =>
      mask(`10.0.${host >> 8}.${host & 255}`),
    );
    expect(new Set(words).size).toBe(4096);
  });
});

describe.each([
  ["with a key", keyed],
  ["without a key", blank],
])("a report masked %s", (_, options) => {
  test.each(SAMPLE_KINDS)("of kind %s keeps its shape, counts and order", (kind) => {
    const report = sampleReport(kind);
    const masked = maskReport(report, options);
    expect(shapeOf(masked)).toEqual(shapeOf(report));
    expect(new Set(masked.findings.map(({ key }) => key)).size).toBe(report.findings.length);
  });

  test("shows no private address, account or id in any format", () =>
    fc.assert(
      fc.asyncProperty(secretReport(), async ({ report, secrets }) => {
        const masked = maskReport(report, options);
        const rendered = [
          renderText(masked, { color: false, width: 400 }),
          renderMarkdown(masked),
          await renderHtml(masked),
          renderJson(masked),
          renderCsv(masked),
          renderIssue(masked).body,
        ].join("\n");
        for (const secret of secrets) expect(rendered).not.toContain(secret);
      }),
      { seed: 5, numRuns: 60 },
    ));

  test("is not changed by being masked again", () => {
    fc.assert(
      fc.property(secretReport(), ({ report }) => {
        const once = maskReport(report, options);
        expect(maskReport(once, options)).toEqual(once);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

test("keys are the same tomorrow, and a mute may name them as they are posted", () => {
  const today = maskReport(sampleReport(), keyed).findings.map(({ key }) => key);
  const [first, ...others] = sampleReport().findings;
  const tomorrow = maskReport({ ...sampleReport(), findings: [...others, first!] }, keyed);
  expect(tomorrow.findings.map(({ key }) => key).toSorted()).toEqual(today.toSorted());
  const posted = postedKey(keyed)!;
  expect(sampleReport().findings.map(({ key }) => posted(key))).toEqual(today);
});

test("without a key, of findings that look alike the eldest keeps its key on the next day", () => {
  const [sample] = sampleReport().findings;
  const one = (server: string, firstSeen: string): Finding => ({
    ...sample!,
    key: `port-scan/${server}`,
    firstSeen,
  });
  const known = one("10.0.9.20", "2026-11-18T00:00:00Z");
  const fresh = one("10.0.9.21", "2026-11-19T00:00:00Z");
  const keysOf = (findings: Finding[]): string[] =>
    maskReport({ ...sampleReport(), findings }, blank).findings.map(({ key }) => key);
  expect(keysOf([known])).toEqual(["port-scan/masked-ip"]);
  expect(keysOf([fresh, known])).toEqual(["port-scan/masked-ip#2", "port-scan/masked-ip"]);
});

test("without a key no mute can name a finding, and none is offered", () => {
  const [finding] = sampleReport().findings;
  const report = { ...sampleReport(), findings: [{ ...finding!, key: "port-scan/10.0.3.7" }] };
  expect(postedKey(blank)).toBeUndefined();
  expect(renderIssue(maskReport(report, blank)).body).not.toContain("Mute it");
  expect(renderIssue(maskReport(report, keyed)).body).toContain("Mute it");
});

// Texts of a log, a path or a tag with something to hide in them, among random characters.
function secretReport(): fc.Arbitrary<{ report: Report; secrets: readonly string[] }> {
  const address = fc.oneof(
    fc.ipV4().map((text) => text.replace(/^\d+/, "10")),
    fc.ipV4().map((text) => text.replace(/^\d+\.\d+/, "192.168")),
    fc.ipV6().map(
      (text) =>
        `fd00:${text
          .split(":")
          .filter((part) => /^[0-9a-f]{1,4}$/.test(part))
          .slice(0, 5)
          .join(":")}::1`,
    ),
    fc.ipV4().map((text) => `::ffff:${text.replace(/^\d+\.\d+/, "172.16")}`),
  );
  const hex = (length: number): fc.Arbitrary<string> =>
    fc.string({
      unit: fc.constantFrom(..."0123456789abcdef".split("")),
      minLength: length,
      maxLength: length,
    });
  const id = fc
    .tuple(fc.constantFrom("eni", "vpc", "subnet", "i"), fc.oneof(hex(8), hex(17)))
    .map((parts) => parts.join("-"));
  const account = fc.string({
    unit: fc.constantFrom(..."0123456789".split("")),
    minLength: 12,
    maxLength: 12,
  });
  const around = fc.constantFrom(" ", "/", ":", "_", ", ", "->", "(", ")", "|", "`", "@", "[", "]");
  return fc
    .tuple(
      fc.array(fc.tuple(fc.oneof(address, id, account), around), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...SAMPLE_KINDS),
    )
    .map(([parts, kind]) => ({
      report: withText(sampleReport(kind), parts.flat().join("")),
      secrets: [...new Set(parts.map(([secret]) => secret))],
    }));
}

function withText(report: Report, text: string): Report {
  const finding = (one: Finding): Finding => ({
    ...one,
    key: `${one.detection}/${text}`,
    client: text,
    server: text,
    owner: text,
    title: text,
    why: text,
    next: text,
    trace: text,
    rule: text,
    ids: { account: text, vpc: text, subnet: text, instance: text, interface: text },
    mute: { reason: text, owner: text, until: "2026-11-24" },
    evidence: { [text]: text, list: [text, [text]] },
  });
  return {
    ...report,
    headline: text,
    notices: [text],
    findings: report.findings.map(finding),
    noise: { ...report.noise, topSources: [{ name: text, records: 1 }] },
    coverage: {
      ...report.coverage,
      problems: report.coverage.problems.map((problem) => ({
        ...problem,
        where: text,
        detail: text,
      })),
    },
    receipt: {
      ...report.receipt,
      queries: [{ name: text, id: text, scannedBytes: 1, durationMs: 1 }],
    },
  };
}

function shapeOf(report: Report): unknown {
  const { findings, ...rest } = report;
  return {
    counts: rest.counts,
    totals: rest.totals,
    trend: rest.trend,
    window: rest.window,
    findings: findings.map(({ status, severity, records, port, day }) => [
      status,
      severity,
      records,
      port,
      day,
    ]),
  };
}
