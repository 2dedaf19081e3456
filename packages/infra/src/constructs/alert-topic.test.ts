import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { propertiesOf, templateOf } from "../../test/template-of.ts";
import { AlertTopic, type AlertTopicProps } from "./alert-topic.ts";

function topic(props: Partial<AlertTopicProps> = {}): Template {
  return templateOf((stack) => {
    new AlertTopic(stack, "AlertTopic", { topicName: "turnaway-production-alerts", ...props });
  });
}

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly Service?: string } | string;
  readonly Action: string | string[];
  readonly Condition: unknown;
}

function statementsOf(template: Template, type: string, key: string): Statement[] {
  const [properties] = Object.values(propertiesOf(template, type));
  return (properties![key] as { Statement: Statement[] }).Statement;
}

const SOURCES = {
  "cloudwatch.amazonaws.com": "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*",
  "budgets.amazonaws.com": "arn:aws:budgets::123456789012:*",
};

describe("the topic of alerts", () => {
  it.each([
    ["the key", "AWS::KMS::Key", "KeyPolicy", ["kms:Decrypt", "kms:GenerateDataKey*"]],
    ["the topic", "AWS::SNS::TopicPolicy", "PolicyDocument", "sns:Publish"],
  ])("lets alarms and budgets of this account alone use %s", (_name, type, key, actions) => {
    const services = statementsOf(topic(), type, key).filter(
      ({ Principal }) => typeof Principal !== "string" && Principal.Service !== undefined,
    );
    expect(services).toMatchObject(
      Object.entries(SOURCES).map(([Service, source]) => ({
        Effect: "Allow",
        Principal: { Service },
        Action: actions,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": source },
        },
      })),
    );
  });

  it("is encrypted with a key that rotates, and takes nothing without TLS", () => {
    const template = topic();
    expect(Object.values(propertiesOf(template, "AWS::KMS::Key"))[0]).toMatchObject({
      EnableKeyRotation: true,
    });
    expect(Object.values(propertiesOf(template, "AWS::SNS::Topic"))[0]).toMatchObject({
      TopicName: "turnaway-production-alerts",
      KmsMasterKeyId: { "Fn::GetAtt": [expect.stringMatching(/^AlertTopicKey/), "Arn"] },
    });
    const denied = statementsOf(template, "AWS::SNS::TopicPolicy", "PolicyDocument").filter(
      ({ Effect }) => Effect === "Deny",
    );
    expect(denied).toMatchObject([{ Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
  });

  it("subscribes each address once, and by its own name", () => {
    const emails = ["b@example.com", "a@example.com", "b@example.com"];
    const url = "https://hooks.example.com/alarm";
    const subscriptions = (props: Partial<AlertTopicProps>) =>
      topic(props).findResources("AWS::SNS::Subscription");
    const both = subscriptions({ emails, urls: [url] });
    expect(
      Object.values(both).map(({ Properties }) => [Properties.Protocol, Properties.Endpoint]),
    ).toEqual([
      ["email", "b@example.com"],
      ["email", "a@example.com"],
      ["https", url],
    ]);
    const [one] = Object.keys(subscriptions({ emails: ["a@example.com"] }));
    expect(Object.keys(both)).toContain(one);
  });
});
