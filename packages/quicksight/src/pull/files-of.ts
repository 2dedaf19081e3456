import {
  type Dashboard,
  type DashboardTarget,
  type DefinitionFiles,
  normalize,
  withReadableIds,
} from "@turnaway/dashboards";

import type { Content } from "../live/live.ts";

/** The files that there are, which what is pulled is written into. */
export interface FilesBefore {
  readonly dashboard: Pick<Dashboard, "description" | "dataSets">;
  readonly files: DefinitionFiles;
}

/**
 * What is live as files, with readable ids; comments and whatever only files say (a description,
 * how a data set is refreshed) stay as they are.
 *
 * @throws TurnawayError CONFIG for what can not be files: a data set of another deployment
 */
export function filesOf(
  { name, theme, definition }: Pick<Content, "name" | "theme" | "definition">,
  { target, before }: { readonly target: DashboardTarget; readonly before: FilesBefore },
): DefinitionFiles {
  const { description, dataSets } = before.dashboard;
  const dashboard: Dashboard = {
    name,
    ...(description !== undefined && { description }),
    ...(theme !== undefined && { theme }),
    dataSets,
    definition,
  };
  return normalize(withReadableIds(dashboard), target, before.files);
}
