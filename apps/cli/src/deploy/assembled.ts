import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { assemble, type Assembly, type Deployment, planDeployment } from "@turnaway/infra";
import { type Options, readDeployableConfig } from "@turnaway/runs";

import type { Context } from "../context.ts";

/** A deployment and its templates. */
export interface Assembled {
  readonly deployment: Deployment;
  readonly assembly: Assembly;
}

/** Makes the templates of turnaway.yml, in a folder that is gone afterwards. */
export async function withAssembly(
  options: Options,
  context: Context,
  use: (assembled: Assembled) => Promise<void>,
): Promise<void> {
  const { config, warnings } = readDeployableConfig(options);
  for (const warning of warnings) context.say(`warning: ${warning}`);
  const deployment = planDeployment(config);
  const folder = await mkdtemp(path.join(tmpdir(), "turnaway-deploy-"));
  try {
    await use({ deployment, assembly: assemble(deployment, path.join(folder, "cdk.out")) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
