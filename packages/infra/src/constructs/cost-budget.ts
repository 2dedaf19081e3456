import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Construct } from "constructs";

export interface CostBudgetProps {
  /** Name of the deployment: what is tagged `turnaway = NAME` counts. */
  readonly name: string;
  /** Dollars a month. */
  readonly monthlyUsd: number;
  /** Per cent of it at which people are told; AWS takes five at most. */
  readonly notifyAt: readonly number[];
  /** Topic that is told; its policy has to let in budgets.amazonaws.com. */
  readonly topicArn: string;
  /**
   * Addresses that are mailed to without a confirmation.
   *
   * @default none: the topic alone
   */
  readonly emails?: readonly string[];
}

/**
 * What the deployment may cost, by its tag.
 *
 * AWS counts by a tag only once it is activated as a cost allocation tag, in the account that
 * pays; until then the budget stays at 0.
 */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, props: CostBudgetProps) {
    super(scope, id);
    const { name, monthlyUsd, notifyAt } = props;
    new CfnBudget(this, "Budget", {
      budget: {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: monthlyUsd, unit: "USD" },
        costFilters: { TagKeyValue: [`user:turnaway$${name}`] },
      },
      notificationsWithSubscribers: [...new Set(notifyAt)].map((threshold) => ({
        notification: {
          notificationType: "ACTUAL",
          comparisonOperator: "GREATER_THAN",
          thresholdType: "PERCENTAGE",
          threshold,
        },
        subscribers: subscribersOf(props),
      })),
    });
  }
}

/** Most addresses of one notification. Source: AWS Budgets, CreateBudget. */
const MAX_EMAILS = 10;

// More addresses hear of it through the topic, which they are subscribed to.
function subscribersOf({ topicArn, emails = [] }: CostBudgetProps): CfnBudget.SubscriberProperty[] {
  const distinct = [...new Set(emails)];
  return [
    { subscriptionType: "SNS", address: topicArn },
    ...(distinct.length > MAX_EMAILS ? [] : distinct).map((address) => ({
      subscriptionType: "EMAIL",
      address,
    })),
  ];
}
