import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { DemoNetwork } from "../constructs/demo-network.ts";
import { FlowLog, type FlowLogProps } from "../constructs/flow-log.ts";
import { logGroupArn } from "../constructs/flow-log-group.ts";
import { LogGroupRole } from "../constructs/log-group-role.ts";
import { logPlace } from "../delivery/log-place.ts";
import { nameOf } from "../deployment.ts";
import { isSamePlace, type StackInput, stackProps } from "./stack-input.ts";

/** A tiny network that makes rejects on purpose, with flow logs like the others'. Off by default. */
export class DemoNetworkStack extends Stack {
  constructor(scope: Construct, id: string, input: StackInput) {
    const { deployment } = input;
    const what = "a tiny network that makes rejects on purpose";
    super(scope, id, stackProps(input, nameOf(deployment, "demo-network"), { what }));
    const { vpcId } = new DemoNetwork(this, "Network", { name: deployment.name });
    const { trafficType, aggregation, format, tags } = deployment.config.logs;
    for (const destination of this.#destinations(input)) {
      new FlowLog(this, `FlowLog-${destination.to}`, {
        watched: { id: vpcId, kind: "vpcs", name: nameOf(deployment, "demo-network") },
        destination,
        trafficType,
        aggregation,
        format,
        tags,
      });
    }
  }

  #destinations({ deployment, env }: StackInput): FlowLogProps["destination"][] {
    const place = logPlace(deployment);
    const { logGroup } = deployment.config.cloudwatch;
    // The group is made beside the flow logs of a place: where there are none, it is not there.
    const isWatched = deployment.places.some((one) => isSamePlace(one, env));
    return [
      ...(place === null ? [] : [{ to: "bucket" as const, place }]),
      ...(logGroup === null || !isWatched ? [] : [this.#intoLogGroup(logGroup, env)]),
    ];
  }

  #intoLogGroup(name: string, place: StackInput["env"]): FlowLogProps["destination"] {
    const role = new LogGroupRole(this, "LogGroupRole", {
      logGroupArn: logGroupArn(name, place),
      place,
    });
    return { to: "log-group", name, roleArn: role.roleArn };
  }
}
