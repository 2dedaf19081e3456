import type { QuickSightServer } from "@turnaway/testing/quicksight-server";

import {
  findDashboards,
  findDrift,
  planRemoval,
  publish,
  pull,
  type QuickSightSession,
  refresh,
  remove,
  rollBack,
  want,
  type Wanted,
  type WantedDataSet,
} from "../../src/index.ts";
import { CONFIG, deploy, plan } from "../support/life-cycle.ts";
import { CHANGED_DATA_SET, CHANGED_VISUAL, SAMPLE } from "./sample-definitions.ts";

/** One command, and what there was before it. */
export interface Scenario {
  readonly name: string;
  /** Done before anything goes wrong. */
  readonly earlier: readonly Step[];
  /** What people do then. */
  readonly happened?: (server: QuickSightServer) => void;
  /** The command that things go wrong in, and that is repeated. */
  readonly command: Step;
  /** Done again it would do more, as going back does: only who fails repeats it. */
  readonly isRelative?: true;
}

export type Step = (session: QuickSightSession) => Promise<unknown>;

const first: Step = (session) => deploy(session, SAMPLE, { publish: true });
const second: Step = (session) => deploy(session, CHANGED_VISUAL, { publish: true });

export const SCENARIOS: readonly Scenario[] = [
  { name: "a first deployment", earlier: [], command: first },
  { name: "a changed visual", earlier: [first], command: second },
  {
    name: "a changed data set",
    earlier: [first],
    command: (session) => deploy(session, CHANGED_DATA_SET, { publish: true }),
  },
  {
    name: "another workgroup",
    earlier: [first],
    command: (session) =>
      deploy(session, SAMPLE, {
        config: { ...CONFIG, athena: { ...CONFIG.athena, workgroup: "another" } },
      }),
  },
  {
    name: "other people may see it",
    earlier: [first],
    command: (session) =>
      deploy(session, SAMPLE, {
        publish: true,
        config: {
          ...CONFIG,
          dashboards: {
            ...CONFIG.dashboards,
            principals: CONFIG.dashboards.authors,
            authors: CONFIG.dashboards.principals,
          },
        },
      }),
  },
  {
    name: "an edit in the console, gone over with force",
    earlier: [first],
    happened: editBoth,
    command: (session) => deploy(session, CHANGED_VISUAL, { publish: true, force: true }),
  },
  {
    name: "a data set that somebody changed, gone over with force",
    earlier: [first],
    happened: ({ store }) => {
      const dataSet = store.dataSets.get("turnaway-test-coverage")!;
      dataSet.input = { ...dataSet.input, Name: "Edited" };
    },
    command: (session) => deploy(session, SAMPLE, { publish: true, force: true }),
  },
  {
    name: "an analysis that somebody deleted",
    earlier: [first],
    happened: ({ store }) => {
      store.analyses.get("turnaway-test-sample")!.isDeleted = true;
    },
    command: first,
  },
  {
    name: "looking at everything",
    earlier: [first],
    happened: editBoth,
    command: async (session) => {
      await findDrift(session, await plan(session, SAMPLE));
      await pull(session, "sample", { definitions: SAMPLE, from: "newest" });
      await findDashboards(session, ["sample"]);
    },
  },
  {
    name: "publishing what was deployed",
    earlier: [first, (session) => deploy(session, CHANGED_VISUAL)],
    command: async (session) => {
      const [found] = await findDashboards(session, ["sample"]);
      const [files] = wantedIn(session).dashboards;
      const options = { force: false, waitMs: 600_000, dryRun: false };
      await publish(session, { found: found!, files: files! }, options);
    },
  },
  {
    name: "a rollback",
    isRelative: true,
    earlier: [first, second],
    command: async (session) => {
      const [found] = await findDashboards(session, ["sample"]);
      await rollBack(session, found!, { version: null, dryRun: false });
    },
  },
  {
    name: "deleting everything",
    earlier: [first],
    command: async (session) => {
      const removal = await planRemoval(session, [], { dashboards: [] });
      await remove(session, removal, { confirm: "test", say: () => undefined });
    },
  },
  {
    name: "a refresh",
    earlier: [first],
    happened: ({ store }) => {
      for (const work of store.works()) work.looksLeft = 0;
    },
    command: async (session) => {
      const [dataSet] = wantedIn(session).dataSets;
      clock += 60;
      await refresh(session, dataSet as Refreshable, { full: false, waitMs: 600_000, now: clock });
    },
  },
];

type Refreshable = WantedDataSet & { readonly refresh: NonNullable<WantedDataSet["refresh"]> };

// Nobody repeats a refresh in the same second.
let clock = 1_763_700_000;

function wantedIn({ target }: QuickSightSession): Wanted {
  return want(SAMPLE, { config: CONFIG, target });
}

function editBoth(server: QuickSightServer): void {
  for (const kind of ["dashboard", "analysis"] as const) {
    server.editInConsole(
      "turnaway-test-sample",
      (definition) => {
        definition.Sheets[0].Name = `Edited in the ${kind}`;
      },
      kind,
    );
  }
}
