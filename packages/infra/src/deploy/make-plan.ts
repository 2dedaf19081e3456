import { composeViews, DEFAULT_SETTINGS } from "@turnaway/sql";

import { countResources } from "../cost/count-resources.ts";
import { estimateCost } from "../cost/estimate-cost.ts";
import { policyToMerge } from "../delivery-policy.ts";
import { type Deployment, nameOf } from "../deployment.ts";
import { githubSubjects } from "../github-subject.ts";
import type { Assembly } from "./assemble.ts";
import { asNew, compareWithLive } from "./compare-stacks.ts";
import { connectToolkit, type Say } from "./connect-toolkit.ts";
import type { DeployPlan, StackPlan, ViewPlan } from "./deploy-plan.ts";
import { explainToolkitError } from "./explain-toolkit-error.ts";
import { examine } from "./preflight.ts";

/** What a plan is made of. */
export interface PlanInput {
  readonly deployment: Deployment;
  readonly assembly: Assembly;
  /** Why nothing live is looked at, for people; null where it is. */
  readonly offline: string | null;
  /** Asks Athena how the views stand; not called where there can't be any yet. */
  readonly readViews: () => Promise<readonly ViewPlan[]>;
}

/** What looking at AWS takes of the process. */
export interface PlanPorts {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly say: Say;
}

/**
 * Compares the templates with what is live, and looks for what would stop a deployment.
 *
 * @throws TurnawayError ENGINE where AWS does not answer.
 */
export async function makePlan(
  { deployment, assembly, offline, readViews }: PlanInput,
  { env, signal, say }: PlanPorts,
): Promise<DeployPlan> {
  // First, since who is in the wrong account should hear that, and not what the toolkit makes of it.
  const preflight = offline === null ? await examine(deployment, { env, signal }) : [];
  const stacks = offline === null ? await compare(assembly, say) : asNew(assembly);
  const counted = countResources(assembly.stacks.map(({ template }) => template));
  return {
    name: deployment.name,
    compared: offline === null,
    notCompared: offline,
    stacks,
    views: hasCatalogue(deployment, stacks) ? await readViews() : newViews(deployment),
    cost: estimateCost(deployment, counted),
    preflight,
    subjects: githubSubjects(deployment),
    policyToMerge: policyToMerge(deployment),
  };
}

async function compare(assembly: Assembly, say: Say): Promise<readonly StackPlan[]> {
  try {
    return await compareWithLive(assembly, connectToolkit(say));
  } catch (error) {
    throw explainToolkitError(error, {
      what: "the live stacks could not be compared",
      place: null,
    });
  }
}

function hasCatalogue(deployment: Deployment, stacks: readonly StackPlan[]): boolean {
  const catalogue = stacks.find(({ name }) => name === nameOf(deployment, "catalogue"));
  return catalogue !== undefined && catalogue.state !== "new";
}

/** Every view of a catalogue that is not there yet; none where the logs are in no bucket. */
function newViews({ config }: Deployment): ViewPlan[] {
  if (config.logs.bucket === null) return [];
  const place = {
    dialect: "athena" as const,
    schema: config.athena.database,
    icebergCatalog: null,
    location: null,
  };
  const views = composeViews(place, { layout: config.logs.layout, settings: DEFAULT_SETTINGS });
  return views.map(({ name }) => ({ name, state: "new" }));
}
