import { createHash } from "node:crypto";
import type { PublishCommandInput, SNS } from "@aws-sdk/client-sns";
import { formatDetail, type Report } from "@turnaway/core";
import { clientSettings, type Environment } from "@turnaway/core/aws-clients";
import { renderNotice, type ReportChanges } from "@turnaway/report";

export interface TopicNotice {
  /** ARN of the topic: `alerts.topic` of the configuration. */
  readonly topic: string;
  /** As it is posted: masked where it has to be. */
  readonly report: Report;
  /** What the issue or its comment says: `newsOf` the first plan of the delivery. */
  readonly changes: ReportChanges;
  /** Where the whole report is. */
  readonly url: string | null;
  readonly defang?: boolean;
  readonly env: Environment;
  /** Stops asking. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one request may take. Default is 10 seconds. */
  readonly requestMs?: number;
}

export type Notified =
  | { readonly kind: "sent"; readonly messageId: string }
  /** `WHAT (WHERE): WHY. FIX.` on one line. */
  | { readonly kind: "failed"; readonly warning: string };

/**
 * Publishes a short text about what changed.
 *
 * The issue is the record and this only points there, so a topic that can't be reached is a
 * warning and never an error. Sent at most once for a change in all usual cases: a run that dies
 * after it wrote the issue does not tell the topic, and the next one has no news. Only where the
 * answer of SNS is lost it may be published twice; a FIFO topic drops the second.
 */
export async function notifyTopic(notice: TopicNotice): Promise<Notified> {
  try {
    const sns = await createClient(notice);
    try {
      const options = notice.signal === undefined ? {} : { abortSignal: notice.signal };
      const { MessageId } = await sns.publish(messageOf(notice), options);
      return { kind: "sent", messageId: MessageId ?? "" };
    } finally {
      sns.destroy();
    }
  } catch (error) {
    return { kind: "failed", warning: warningOf(error, notice.topic) };
  }
}

function messageOf({ topic, report, changes, ...options }: TopicNotice): PublishCommandInput {
  const { subject, text } = renderNotice(report, changes, options);
  return {
    TopicArn: topic,
    Subject: subject,
    Message: text,
    ...(topic.endsWith(".fifo") && {
      MessageGroupId: "turnaway",
      MessageDeduplicationId: createHash("sha256").update(`${subject}\n${text}`).digest("hex"),
    }),
  };
}

// The SDK is loaded on first use: most runs have no topic, or nothing to say.
async function createClient({ topic, env, requestMs = 10_000 }: TopicNotice): Promise<SNS> {
  const { SNS } = await import("@aws-sdk/client-sns");
  return new SNS({
    ...clientSettings(env, { endpointVariable: "AWS_ENDPOINT_URL_SNS", requestMs }),
    // A topic is asked where it is, whatever region the logs are in.
    region: topic.split(":")[3]!,
    maxAttempts: 3,
  });
}

function warningOf(error: unknown, topic: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const fix = FIXES[name];
  return formatDetail({
    what: "the topic was not told what is new",
    where: topic,
    why: `${name === "Error" ? "" : `${name}, `}${message.split("\n", 1)[0]!.slice(0, 300).replace(/\.$/, "")}`,
    ...(fix !== undefined && { fix }),
  });
}

const FIXES: Readonly<Record<string, string>> = {
  AuthorizationErrorException: "allow `sns:Publish` on the topic to the role of this run",
  AuthorizationError: "allow `sns:Publish` on the topic to the role of this run",
  NotFoundException: "check `alerts.topic` in turnaway.yml",
  CredentialsProviderError: "give the run credentials of AWS",
  KMSAccessDeniedException: "allow the role of this run to use the key of the topic",
};
