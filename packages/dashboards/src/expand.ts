import type { DashboardVersionDefinition } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { assemble } from "./assemble.ts";
import type { Dashboard, DashboardTarget, DataSetFile, DefinitionFiles } from "./dashboard.ts";
import { DEFINITION } from "./model/shape.ts";
import { withDates } from "./model/times.ts";
import { detailOf, readSourceFiles } from "./source-files.ts";

/**
 * The files of one dashboard as the API takes it. Only what can not be understood is an error
 * here; what is understood and wrong is found by `checkDefinition`.
 *
 * @throws TurnawayError CONFIG with everything that is not understood, each with file and line.
 */
export function expand(files: DefinitionFiles, target: DashboardTarget): Dashboard {
  const sources = readSourceFiles(files);
  const { definition, problems } = assemble(sources, target);
  if (problems.length > 0) throw new TurnawayError("CONFIG", problems.map(detailOf));
  const { name, description, theme } = sources.dashboard.value;
  return {
    name: typeof name === "string" ? name : "",
    ...(typeof description === "string" ? { description } : {}),
    ...(typeof theme === "string" ? { theme } : {}),
    dataSets: Object.fromEntries(
      [...sources.dataSets].map(([file, { value }]) => [file, value as DataSetFile]),
    ),
    definition: withDates(definition, DEFINITION) as DashboardVersionDefinition,
  };
}
