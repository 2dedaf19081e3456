import { readFileSync } from "node:fs";

import type { CloudAssembly } from "aws-cdk-lib/cx-api";

import { createApp } from "../app.ts";
import type { Deployment, Place } from "../deployment.ts";

/** One stack as it is deployed. */
export interface AssembledStack extends Place {
  /** Unique in the app, as the toolkit selects it. */
  readonly id: string;
  readonly name: string;
  readonly template: Template;
  /** The text of the template in bytes: CloudFormation takes 1,000,000. */
  readonly bytes: number;
}

/** A template of CloudFormation. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Templates of a deployment, and the folder that the toolkit deploys from. */
export interface Assembly {
  readonly folder: string;
  /** In the order in which they are made. */
  readonly stacks: readonly AssembledStack[];
}

/**
 * Writes the templates below the folder.
 *
 * @throws TurnawayError CONFIG where the configuration asks for what can't be made.
 */
export function assemble(deployment: Deployment, folder: string): Assembly {
  const assembly = createApp(deployment, folder).synth();
  return { folder, stacks: stacksOf(assembly) };
}

function stacksOf(assembly: CloudAssembly): AssembledStack[] {
  // The assembly lists them by what depends on what.
  return assembly.stacksRecursively.map((stack) => {
    const text = readFileSync(stack.templateFullPath, "utf8");
    return {
      id: stack.hierarchicalId,
      name: stack.stackName,
      account: stack.environment.account,
      region: stack.environment.region,
      template: JSON.parse(text) as Template,
      bytes: Buffer.byteLength(text),
    };
  });
}
