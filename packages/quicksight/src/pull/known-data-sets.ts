import type { DashboardVersionDefinition } from "@aws-sdk/client-quicksight";
import type { DashboardTarget, DataSetFile } from "@turnaway/dashboards";

import { assetArn } from "../wanted/names.ts";

/** Files of data sets by their names. */
export type DataSetFiles = Readonly<Record<string, DataSetFile>>;

/**
 * The files of the data sets that a definition reads. One that the dashboard has no file for is
 * taken from another dashboard, so that a new dashboard, or a visual over one more data set, need
 * not be told what that is made of.
 *
 * @param own files that the dashboard has
 * @param others files of all the dashboards there are
 */
export function knownDataSets(
  { DataSetIdentifierDeclarations = [] }: DashboardVersionDefinition,
  { own, others }: { readonly own: DataSetFiles; readonly others: readonly DataSetFiles[] },
  target: DashboardTarget,
): DataSetFiles {
  const known: Record<string, DataSetFile> = { ...own };
  const start = assetArn(target, "data set", target.prefix);
  for (const { Identifier = "", DataSetArn = "" } of DataSetIdentifierDeclarations) {
    const isOwn = Object.entries(own).some(
      ([name, file]) => (file.identifier ?? name) === Identifier,
    );
    if (isOwn || !DataSetArn.startsWith(start)) continue;
    const id = DataSetArn.slice(start.length);
    const found = others
      .flatMap((files) => Object.entries(files))
      .find(([name, file]) => (file.id ?? name) === id);
    if (found === undefined || found[0] in known) continue;
    known[found[0]] = { ...found[1], identifier: Identifier };
  }
  return known;
}
