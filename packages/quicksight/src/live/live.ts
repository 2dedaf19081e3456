import type {
  DashboardVersionDefinition,
  DataSet,
  DataSetRefreshProperties,
  DataSource,
  RefreshSchedule,
  ResourcePermission,
} from "@aws-sdk/client-quicksight";
import type { TurnawayError } from "@turnaway/core";

import type { VersionMark } from "../journal/version-mark.ts";
import type { Outcome } from "./outcome.ts";

/** What is there; null for nothing, an error for what could not be read and stops nothing else. */
export type Found<Asset> = Asset | null | TurnawayError;

/** What is live of everything that is wanted. */
export interface Live {
  readonly source: Found<LiveDataSource>;
  /** By id. */
  readonly dataSets: ReadonlyMap<string, Found<LiveDataSet>>;
  /** By id. */
  readonly dashboards: ReadonlyMap<string, Found<LiveDashboard>>;
  /** By id. */
  readonly analyses: ReadonlyMap<string, Found<LiveAnalysis>>;
}

export interface LiveDataSource {
  readonly asset: DataSource;
  readonly permissions: readonly ResourcePermission[];
}

export interface LiveDataSet {
  readonly asset: DataSet;
  readonly hash: string;
  /** Hashes that this deployment may have left there. */
  readonly ours: readonly string[];
  readonly permissions: readonly ResourcePermission[];
  /** Null where the journal says that the wanted refresh was set up, and nobody looked. */
  readonly refresh: LiveRefresh | null;
}

/** How a data set in SPICE is refreshed. */
export interface LiveRefresh {
  /** Whether the journal says that the wanted one was set up to its end. */
  readonly isRecorded: boolean;
  readonly properties: DataSetRefreshProperties | null;
  readonly schedules: readonly RefreshSchedule[];
}

export interface LiveDashboard {
  readonly arn: string;
  /** Number of the version that people see; null before any was published. */
  readonly published: number | null;
  /** Newest first; never empty. */
  readonly versions: readonly [LiveVersion, ...LiveVersion[]];
  readonly permissions: readonly ResourcePermission[];
  /** What the newest version says; null where it is known to say what is wanted. */
  readonly content: Content | null;
  /** What somebody else made beside the newest deployment, see `unseenVersion`; null for nothing. */
  readonly unseen: UnseenVersion | null;
  /** The version that was rolled back from; null for none, and where nothing would publish it. */
  readonly held: number | null;
}

export interface UnseenVersion {
  readonly number: number;
  readonly content: Content;
}

/** A version, which never changes. */
export interface LiveVersion {
  readonly number: number;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly description: string | null;
  /** Null for a version that somebody else made. */
  readonly mark: VersionMark | null;
}

export interface LiveAnalysis {
  readonly arn: string;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** Null where it was not touched since the newest version, which then says what it holds. */
  readonly content: Content | null;
  /** As in {@link LiveDataSet}; empty where nobody had to look. */
  readonly ours: readonly string[];
  /** Null where it is written anyway, and they are compared then. */
  readonly permissions: readonly ResourcePermission[] | null;
}

/** What an analysis or a version says. */
export interface Content {
  readonly name: string;
  readonly theme: string | undefined;
  readonly definition: DashboardVersionDefinition;
  /** Hashes as it stands, and with readable ids; none where it can not be files. */
  readonly hashes: readonly string[];
}
