import type { Toolkit } from "@aws-cdk/toolkit-lib";

import type { Assembly } from "./assemble.ts";
import { explainToolkitError } from "./explain-toolkit-error.ts";

/** A stack whose resources somebody changed by hand. */
export interface DriftedStack {
  readonly name: string;
  readonly resources: number;
  /** What differs, as CloudFormation tells it. */
  readonly what: string;
}

/**
 * Has CloudFormation compare every stack's resources with what it made of them, which takes a
 * minute or two. Not every type of resource can be compared; those that can't count as they are.
 *
 * @throws TurnawayError AWS where a stack could not be compared.
 */
export async function detectDrift(
  { folder }: Assembly,
  toolkit: Toolkit,
): Promise<readonly DriftedStack[]> {
  const source = await toolkit.fromAssemblyDirectory(folder);
  const what = "the stacks could not be compared with their resources";
  const found = await toolkit.drift(source).catch((error: unknown) => {
    throw explainToolkitError(error, { what, place: null });
  });
  return Object.entries(found)
    .filter(([, { numResourcesWithDrift }]) => numResourcesWithDrift > 0)
    .map(([name, { numResourcesWithDrift, formattedDrift }]) => ({
      name,
      resources: numResourcesWithDrift,
      what: [formattedDrift.modified, formattedDrift.deleted]
        .filter((part) => part !== undefined && part !== "")
        .join("\n"),
    }));
}
