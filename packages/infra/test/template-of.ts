import { parseDeployableConfig } from "@turnaway/core";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";

import { type Deployment, type Place, planDeployment } from "../src/deployment.ts";
import { FEATURE_FLAGS } from "../src/feature-flags.ts";

/** The place that constructs are tried in. */
export const HOME: Place = { account: "123456789012", region: "eu-central-1" };

/** The template of a stack that is built as the app builds its own. */
export function templateOf(build: (stack: Stack) => void): Template {
  const stack = new Stack(new App({ context: FEATURE_FLAGS }), "Stack", { env: HOME });
  build(stack);
  return Template.fromStack(stack);
}

/** The template of one of our stacks. */
export function templateOfStack(build: (app: App) => Stack): Template {
  return Template.fromStack(build(new App({ context: FEATURE_FLAGS })));
}

/** What a turnaway.yml asks for; account and region are {@link HOME} unless it says otherwise. */
export function deploymentOf(yaml: string): Deployment {
  const places = /^accounts:/m.test(yaml)
    ? ""
    : `accounts: ["${HOME.account}"]\nregions: [${HOME.region}]\n`;
  return planDeployment(parseDeployableConfig(places + yaml, "turnaway.yml").config);
}

/** Properties of every resource of a type, by the first part of its logical id before the hash. */
export function propertiesOf(template: Template, type: string): Record<string, Properties> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, resource]) => [
      id.replace(/[0-9A-F]{8}$/, ""),
      (resource as { Properties: Properties }).Properties,
    ]),
  );
}

export type Properties = Readonly<Record<string, unknown>>;
