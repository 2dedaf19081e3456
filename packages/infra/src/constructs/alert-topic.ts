import { ArnFormat, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, UrlSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";

export interface AlertTopicProps {
  /** Name of the topic, which mails show as the sender of an alarm. */
  readonly topicName: string;
  /**
   * Addresses that alarms are mailed to. Each has to confirm once; nobody can do that for it.
   *
   * @default none
   */
  readonly emails?: readonly string[];
  /**
   * HTTPS endpoints that alarms are posted to.
   *
   * @default none
   */
  readonly urls?: readonly string[];
}

/**
 * Where alarms and the budget speak: encrypted with a key that both may use.
 *
 * Without that grant everything deploys, and no alarm ever arrives.
 */
export class AlertTopic extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    { topicName, emails = [], urls = [] }: AlertTopicProps,
  ) {
    super(scope, id);
    const key = new Key(this, "Key", {
      description: `Messages of the topic ${topicName}`,
      enableKeyRotation: true,
      // Messages are gone once they are delivered, so nothing is left that the key could open.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, "Topic", { topicName, masterKey: key, enforceSSL: true });
    for (const publisher of publishersOf(this)) {
      key.addToResourcePolicy(grant(publisher, ["kms:Decrypt", "kms:GenerateDataKey*"], ["*"]));
      this.topic.addToResourcePolicy(grant(publisher, ["sns:Publish"], [this.topic.topicArn]));
    }
    for (const email of new Set(emails)) this.topic.addSubscription(new EmailSubscription(email));
    for (const url of new Set(urls)) this.topic.addSubscription(new UrlSubscription(url));
  }
}

interface Publisher {
  readonly service: string;
  readonly account: string;
  /** What of the service speaks here. */
  readonly source: string;
}

function publishersOf(scope: Construct): readonly Publisher[] {
  const stack = Stack.of(scope);
  const { account } = stack;
  const alarms = { service: "cloudwatch", resource: "alarm", resourceName: "*" };
  return [
    {
      service: "cloudwatch.amazonaws.com",
      account,
      source: stack.formatArn({ ...alarms, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
    },
    {
      service: "budgets.amazonaws.com",
      account,
      source: stack.formatArn({ service: "budgets", region: "", resource: "*" }),
    },
  ];
}

// The topic and the key would serve alarms of any account without the conditions. Source: SNS,
// "Enable compatibility between event sources from AWS services and encrypted topics".
function grant(
  { service, account, source }: Publisher,
  actions: string[],
  resources: string[],
): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal(service)],
    actions,
    resources,
    conditions: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": source },
    },
  });
}
