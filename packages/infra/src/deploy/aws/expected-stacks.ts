import { hasDashboards } from "@turnaway/core";

import { type Deployment, nameOf, type Place } from "../../deployment.ts";
import { repositoryOf } from "../../github-subject.ts";
import { isSamePlace } from "../../stacks/stack-input.ts";

/** A stack that a deployment has, or may have had. */
export interface ExpectedStack {
  readonly name: string;
  readonly place: Place;
  /** False for what turnaway.yml asks for no longer. */
  readonly isWanted: boolean;
}

/**
 * Stacks of the deployment by name, those of switched-off parts among them: what is live can be
 * asked for without a list of everything in the account.
 */
export function expectedStacks(deployment: Deployment): readonly ExpectedStack[] {
  const { home, places, config } = deployment;
  const { logs, infrastructure } = config;
  const hasBucket = logs.bucket !== null;
  const hasViewers = hasDashboards(config) && hasBucket;
  const watched = places.map(({ account, region }) => ({ account, region }));
  const isWatched = watched.some((place) => isSamePlace(place, home));
  const at = (part: string, place: Place, isWanted = true): ExpectedStack => ({
    name: nameOf(deployment, part),
    place,
    isWanted,
  });
  return [
    at("logs", home, hasBucket && logs.createBucket),
    at("alerts", home),
    at("access", home, repositoryOf(deployment) !== null || hasViewers),
    at("catalogue", home, hasBucket),
    ...watched.map((place) => at("flow-logs", place)),
    ...(isWatched ? [] : [at("flow-logs", home, false)]),
    at("demo-network", home, infrastructure.demoNetwork),
  ];
}

/** Places that anything is deployed to, each once; home first. */
export function placesOf({ home, places }: Deployment): readonly Place[] {
  const others = places.filter((place) => !isSamePlace(place, home));
  return [home, ...others.map(({ account, region }) => ({ account, region }))];
}
