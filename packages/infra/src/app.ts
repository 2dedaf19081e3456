import { App, CfnResource, type Stack, Tags } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

import { type Deployment, nameOf, type Place } from "./deployment.ts";
import { FEATURE_FLAGS } from "./feature-flags.ts";
import { AccessStack } from "./stacks/access-stack.ts";
import { AlertsStack } from "./stacks/alerts-stack.ts";
import { CatalogueStack } from "./stacks/catalogue-stack.ts";
import { DemoNetworkStack } from "./stacks/demo-network-stack.ts";
import { FlowLogsStack } from "./stacks/flow-logs-stack.ts";
import { LogStoreStack } from "./stacks/log-store-stack.ts";
import { isSamePlace } from "./stacks/stack-input.ts";

/**
 * Everything that the deployment is made of, as one CDK app.
 *
 * @param outdir folder of the cloud assembly. Default: a temporary one
 */
export function createApp(deployment: Deployment, outdir?: string): App {
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    context: FEATURE_FLAGS,
    analyticsReporting: false,
  });
  const home = { deployment, env: deployment.home };
  const store = new LogStoreStack(app, nameOf(deployment, "logs"), home);
  const alerts = new AlertsStack(app, nameOf(deployment, "alerts"), home);
  const access = new AccessStack(app, nameOf(deployment, "access"), { ...home, store });
  const catalogue = new CatalogueStack(app, nameOf(deployment, "catalogue"), { ...home, store });
  // Grants of Lake Formation name the roles and the bucket, which have to be there.
  follow(catalogue, access);
  follow(catalogue, store);
  const flowLogs = deployment.places.map((place) => {
    const stack = new FlowLogsStack(app, idIn(place, nameOf(deployment, "flow-logs")), {
      deployment,
      env: place,
      topicArn: isSamePlace(place, deployment.home) ? alerts.topicArn : null,
    });
    // A flow log that is made before its bucket lets in the service writes a policy of its own.
    follow(stack, store);
    return stack;
  });
  if (deployment.config.infrastructure.demoNetwork) {
    const demo = new DemoNetworkStack(app, nameOf(deployment, "demo-network"), home);
    // Its flow logs go where the others' go, and the log group is made beside those.
    for (const earlier of [store, ...flowLogs]) follow(demo, earlier);
  }
  // CloudFormation takes no stack without resources: there is one where nothing was asked for.
  for (const stack of app.node.children.filter(isEmpty)) app.node.tryRemoveChild(stack.node.id);
  Tags.of(app).add("turnaway", deployment.name);
  return app;
}

function follow(stack: Stack, earlier: Stack): void {
  if (!isEmpty(earlier)) stack.addStackDependency(earlier);
}

function isEmpty(stack: IConstruct): boolean {
  return !stack.node.findAll().some((construct) => CfnResource.isCfnResource(construct));
}

// One app may have a stack of the same name in several places: the name says what, this says where.
function idIn({ account, region }: Place, name: string): string {
  return `${name}-${account}-${region}`;
}
