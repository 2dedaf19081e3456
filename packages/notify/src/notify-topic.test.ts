import { sampleReport, type ReportChanges } from "@turnaway/report";
import { startSnsServer, type SnsServer } from "@turnaway/testing/sns-server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notifyTopic, type TopicNotice } from "./index.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:network";
const URL = "https://github.com/octo/network/issues/5";
const REPORT = sampleReport();
const CHANGES: ReportChanges = {
  added: REPORT.findings.slice(0, 2),
  resolved: [],
  worse: [],
  verdict: null,
  expiring: [],
};

let server: SnsServer;
beforeEach(async () => {
  server = await startSnsServer();
});
afterEach(() => server.close());

test("a change is published as a short text with the link, in the region of the topic", async () => {
  expect(await notify()).toEqual({ kind: "sent", messageId: "message-1" });
  expect(server.requests).toEqual([{ region: "eu-west-1" }]);
  expect(server.published).toMatchObject([
    {
      TopicArn: TOPIC,
      Subject: "production: 2 new",
      Message: expect.stringMatching(/^production, 2026-11-19: .*\nhttps:.*\nNew: 2\n- CRITICAL /),
    },
  ]);
});

test("addresses are defanged where that is asked for", async () => {
  await notify({ defang: true });
  expect(server.published[0]!["Message"]).toContain("10.0.3[.]7 → 10.0.9[.]20");
});

test("a FIFO topic gets what it needs to drop a second one", async () => {
  const topic = `${TOPIC}.fifo`;
  await notify({ topic });
  await notify({ topic });
  const [first, second] = server.published.map((message) => message["MessageDeduplicationId"]);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).toBe(first);
});

test.each([{ kind: "reset" }, { kind: "refuse", status: 503, code: "InternalError" }] as const)(
  "what passes is tried again: $kind",
  async (fault) => {
    server.faults.push(fault);
    expect(await notify()).toMatchObject({ kind: "sent" });
    expect(server.published).toHaveLength(1);
  },
);

test.each([
  ["AuthorizationError", 403, /sns:Publish/],
  ["NotFound", 404, /alerts\.topic/],
  ["KMSAccessDenied", 400, /key of the topic/],
])("what stays is a warning that says what to do: %s", async (code, status, fix) => {
  server.faults.push({ kind: "refuse", status, code });
  const notified = await notify();
  expect(notified).toEqual({
    kind: "failed",
    warning: expect.stringMatching(
      /^the topic was not told what is new \(arn:aws:sns:eu-west-1:111122223333:network\): .*\.$/,
    ),
  });
  expect(notified).toMatchObject({ warning: expect.stringMatching(fix) });
  expect(server.requests).toHaveLength(1);
});

test("no answer is a warning, too", async () => {
  server.faults.push({ kind: "hang" }, { kind: "hang" }, { kind: "hang" });
  expect(await notify({ requestMs: 100 })).toMatchObject({ kind: "failed" });
});

test("a run that is interrupted does not wait", async () => {
  server.faults.push({ kind: "hang" });
  expect(await notify({ signal: AbortSignal.timeout(100) })).toMatchObject({ kind: "failed" });
  expect(server.requests.length).toBeLessThanOrEqual(1);
});

function notify(change: Partial<TopicNotice> = {}): ReturnType<typeof notifyTopic> {
  const env = {
    AWS_ENDPOINT_URL_SNS: server.url,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
  return notifyTopic({ topic: TOPIC, report: REPORT, changes: CHANGES, url: URL, env, ...change });
}
