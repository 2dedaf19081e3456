import path from "node:path";

import { type Config, type ErrorDetail, TurnawayError } from "@turnaway/core";
import { type DashboardTarget, type DefinitionFiles, expand } from "@turnaway/dashboards";
import { want, wantedDataSet } from "@turnaway/quicksight";

import type { Definitions } from "./definitions-folder.ts";

/**
 * What is wrong with data sets that are right as files: a source that no view is made of, a
 * refresh that QuickSight does not have, two dashboards that mean different things by one.
 *
 * @param definitions in which nothing else is wrong
 */
export function dataSetErrors(
  definitions: Definitions,
  { config, folder }: { readonly config: Config; readonly folder: string },
): readonly ErrorDetail[] {
  const settings = { config, target: NOWHERE };
  const found = [...definitions].flatMap(([name, files]) =>
    inFolder(path.join(folder, name), errorsIn(files, settings)),
  );
  if (found.length > 0) return found;
  return inFolder(
    folder,
    errorsOf(() => void want(definitions, settings)),
  );
}

interface Settings {
  readonly config: Config;
  readonly target: DashboardTarget;
}

function errorsIn(files: DefinitionFiles, settings: Settings): readonly ErrorDetail[] {
  return Object.entries(expand(files, settings.target).dataSets).flatMap(([file, dataSet]) =>
    errorsOf(() => void wantedDataSet(file, dataSet, settings)),
  );
}

function errorsOf(work: () => void): readonly ErrorDetail[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof TurnawayError && error.code === "CONFIG") return error.details;
    throw error;
  }
}

function inFolder(folder: string, errors: readonly ErrorDetail[]): readonly ErrorDetail[] {
  const home = path.relative(process.cwd(), folder);
  return errors.map(({ where = "", ...detail }) => ({ ...detail, where: path.join(home, where) }));
}

/** What a data set says does not depend on where it is deployed. */
const NOWHERE: DashboardTarget = {
  partition: "aws",
  region: "us-east-1",
  account: "123456789012",
  prefix: "",
};
