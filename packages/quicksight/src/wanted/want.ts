import { type Config, TurnawayError } from "@turnaway/core";
import {
  type Dashboard,
  type DashboardTarget,
  type DefinitionFiles,
  expand,
} from "@turnaway/dashboards";

import { contentHash } from "./content-hash.ts";
import { type WantedDataSet, wantedDataSet } from "./data-set.ts";
import { type WantedDataSource, wantedDataSource } from "./data-source.ts";
import { dashboardId } from "./names.ts";
import type { Audience } from "./permissions.ts";

/** Everything as the files and the configuration want it: pure, no call. */
export interface Wanted {
  readonly deployment: string;
  readonly target: DashboardTarget;
  readonly audience: Audience;
  readonly source: WantedDataSource;
  /** Each once, however many dashboards share it; by name. */
  readonly dataSets: readonly WantedDataSet[];
  readonly dashboards: readonly WantedDashboard[];
}

/** A dashboard with its analysis, which has the same id. */
export interface WantedDashboard {
  /** Name of the folder of its files. */
  readonly name: string;
  readonly id: string;
  readonly dashboard: Dashboard;
  readonly files: DefinitionFiles;
  readonly hash: string;
  /** Ids of the data sets that it reads. */
  readonly dataSets: readonly string[];
}

/**
 * What is to be there.
 *
 * @param definitions the files of each dashboard, by the name of its folder
 * @throws TurnawayError CONFIG for files that are not understood, and for two dashboards that
 * mean different things by one data set
 */
export function want(
  definitions: ReadonlyMap<string, DefinitionFiles>,
  { config, target }: { readonly config: Config; readonly target: DashboardTarget },
): Wanted {
  const dataSets = new Map<string, WantedDataSet>();
  const dashboards = [...definitions].map(([name, files]): WantedDashboard => {
    const dashboard = expand(files, target);
    const used = Object.entries(dashboard.dataSets).map(([file, value]) =>
      wantedDataSet(file, value, { config, target }),
    );
    for (const one of used) {
      const other = dataSets.get(one.id);
      if (other !== undefined && !isSame(other, one)) throw twoMeanings(one.name, name);
      dataSets.set(one.id, one);
    }
    return {
      name,
      id: dashboardId(target, name),
      dashboard,
      files,
      hash: contentHash(dashboard, target),
      dataSets: used.map(({ id }) => id),
    };
  });
  return {
    deployment: config.name,
    target,
    audience: config.dashboards,
    source: wantedDataSource(config, target),
    dataSets: [...dataSets.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    dashboards,
  };
}

function isSame(a: WantedDataSet, b: WantedDataSet): boolean {
  return a.hash === b.hash && JSON.stringify(a.refresh) === JSON.stringify(b.refresh);
}

function twoMeanings(dataSet: string, dashboard: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: `two dashboards do not agree on the data set ${dataSet}`,
    where: `${dashboard}/data-sets/${dataSet}.yml`,
    why: "another dashboard has a file of the same id that says something else",
    fix: "make both files the same, or give one of them another `id`",
  });
}
