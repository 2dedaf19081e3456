import { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

import { deliveryKeyStatement, type DeliveryScope } from "../delivery/delivery-statements.ts";

export interface DeliveryKeyProps {
  /** Accounts and regions whose flow logs are encrypted with it. */
  readonly scope: Pick<DeliveryScope, "accounts" | "regions" | "partition">;
}

/**
 * The key of a bucket that flow logs are delivered to. It rotates every year, and stays when the
 * stack goes: without it nobody reads what was encrypted.
 */
export class DeliveryKey extends Key {
  constructor(scope: Construct, id: string, props: DeliveryKeyProps) {
    super(scope, id, {
      description: "Flow logs of Turnaway",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addToResourcePolicy(PolicyStatement.fromJson(deliveryKeyStatement(props.scope)));
  }
}
