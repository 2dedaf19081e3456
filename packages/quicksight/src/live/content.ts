import type { AnalysisDefinition, DashboardVersionDefinition } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";
import { type DashboardTarget, withReadableIds } from "@turnaway/dashboards";

import { ask } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { contentHash } from "../wanted/content-hash.ts";
import { themeOf } from "../wanted/names.ts";
import type { Content } from "./live.ts";

/** What one version of a dashboard says. */
export async function readVersion(
  session: QuickSightSession,
  id: string,
  version: number,
): Promise<Content> {
  const asked = { operation: "DescribeDashboardDefinition", subject: `${id}, version ${version}` };
  const { Name, ThemeArn, Definition } = await ask(session, asked, (api, to, options) =>
    api.describeDashboardDefinition({ ...to, DashboardId: id, VersionNumber: version }, options),
  );
  return contentOf(session.target, { Name, ThemeArn, Definition });
}

/** What an analysis says. */
export async function readAnalysis(session: QuickSightSession, id: string): Promise<Content> {
  const asked = { operation: "DescribeAnalysisDefinition", subject: id };
  const { Name, ThemeArn, Definition } = await ask(session, asked, (api, to, options) =>
    api.describeAnalysisDefinition({ ...to, AnalysisId: id }, options),
  );
  return contentOf(session.target, { Name, ThemeArn, Definition });
}

interface Described {
  readonly Name: string | undefined;
  readonly ThemeArn: string | undefined;
  readonly Definition: DashboardVersionDefinition | AnalysisDefinition | undefined;
}

function contentOf(target: DashboardTarget, { Name, ThemeArn, Definition }: Described): Content {
  const theme = themeOf(ThemeArn);
  const definition: DashboardVersionDefinition = Definition ?? {
    DataSetIdentifierDeclarations: [],
  };
  const said = { name: Name ?? "", theme, definition };
  return { ...said, hashes: hashesOf(said, target) };
}

function hashesOf(said: Omit<Content, "hashes">, target: DashboardTarget): readonly string[] {
  const { theme, ...rest } = said;
  const dashboard = { ...rest, ...(theme !== undefined && { theme }), dataSets: {} };
  try {
    return [contentHash(dashboard, target), contentHash(withReadableIds(dashboard), target)];
  } catch (error) {
    // A data set of somebody else, an id that stands twice: what can not be files is not ours.
    if (error instanceof TurnawayError) return [];
    throw error;
  }
}
