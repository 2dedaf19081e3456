import type { Work } from "./work.ts";

/** A value on the wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** What a dashboard, an analysis, a data set and a data source have alike. */
export interface StoredAsset {
  readonly id: string;
  readonly arn: string;
  /** Seconds since 1970, as all times are. */
  readonly createdAt: number;
  updatedAt: number;
  permissions: Permission[];
  tags: Record<string, string>;
}

export interface Permission {
  readonly Principal: string;
  readonly Actions: readonly string[];
}

export interface StoredDashboard extends StoredAsset {
  /** Absent until a first version succeeds. */
  published?: number;
  publishedAt?: number;
  /** The oldest first. */
  readonly versions: StoredVersion[];
}

export interface StoredVersion {
  readonly number: number;
  readonly name: string;
  readonly description?: string;
  readonly theme?: string;
  readonly publishOptions?: Wire;
  readonly definition: Wire;
  readonly createdAt: number;
  readonly work: Work;
}

export interface StoredAnalysis extends StoredAsset {
  name: string;
  theme?: string;
  definition: Wire;
  work: Work;
  /** Kept for a month, and its id with it. */
  isDeleted: boolean;
}

export interface StoredDataSet extends StoredAsset {
  /** As it was created or updated, without permissions and tags. */
  input: Wire;
  refreshProperties?: Wire;
  readonly schedules: Map<string, Wire>;
  /** The oldest first. */
  readonly ingestions: StoredIngestion[];
}

export interface StoredIngestion {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  /** `FULL_REFRESH`, `INCREMENTAL_REFRESH`, `INITIAL_INGESTION`, `EDIT`. */
  readonly type: string;
  readonly work: Work;
  isCancelled: boolean;
}

export interface StoredDataSource extends StoredAsset {
  /** As it was created or updated, without permissions and tags. */
  input: Wire;
  work: Work;
}

export interface StoreOptions {
  readonly account?: string;
  readonly region?: string;
  /** Where users and groups are kept. Default: the same region. */
  readonly identityRegion?: string;
  /** Null for an account that never subscribed. */
  readonly edition?: "STANDARD" | "ENTERPRISE" | "ENTERPRISE_AND_Q" | null;
  readonly namespaces?: readonly string[];
  /** Of the first namespace. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  /** Names of roles that IAM has; null, the default, for every one that is asked for. */
  readonly roles?: readonly string[] | null;
}

/** What an account has in QuickSight. Times are a count of what was written, from a fixed start. */
export class QuickSightStore {
  readonly account: string;
  readonly region: string;
  readonly identityRegion: string;
  edition: NonNullable<StoreOptions["edition"]> | null;
  namespaces: string[];
  users: string[];
  groups: string[];
  roles: readonly string[] | null;
  readonly dataSources = new Map<string, StoredDataSource>();
  readonly dataSets = new Map<string, StoredDataSet>();
  readonly analyses = new Map<string, StoredAnalysis>();
  readonly dashboards = new Map<string, StoredDashboard>();
  /** Dashboards and analyses that are listed, and that nobody can describe. */
  readonly broken = new Set<string>();
  private seconds = Date.UTC(2026, 10, 20, 8) / 1000;

  constructor(options: StoreOptions = {}) {
    this.account = options.account ?? "123456789012";
    this.region = options.region ?? "us-east-1";
    this.identityRegion = options.identityRegion ?? this.region;
    this.edition = options.edition === undefined ? "ENTERPRISE" : options.edition;
    this.namespaces = [...(options.namespaces ?? ["default"])];
    this.users = [...(options.users ?? ["ada", "grace"])];
    this.groups = [...(options.groups ?? ["analysts", "authors"])];
    this.roles = options.roles ?? null;
  }

  /** A time later than every time before it. */
  tick(): number {
    this.seconds += 1;
    return this.seconds;
  }

  /** @param resource such as `dashboard/rejects` */
  arn(resource: string): string {
    return `arn:aws:quicksight:${this.region}:${this.account}:${resource}`;
  }

  /** @param resource such as `user/default/ada` */
  identityArn(resource: string): string {
    return `arn:aws:quicksight:${this.identityRegion}:${this.account}:${resource}`;
  }

  /** Whatever has permissions and tags. */
  assets(): StoredAsset[] {
    const { dataSources, dataSets, analyses, dashboards } = this;
    return [dataSources, dataSets, analyses, dashboards].flatMap((assets) => [...assets.values()]);
  }

  /** Everything that is still in progress. */
  works(): Work[] {
    return [
      ...[...this.dataSources.values()].map(({ work }) => work),
      ...[...this.dataSets.values()].flatMap(({ ingestions }) => ingestions).map((i) => i.work),
      ...[...this.analyses.values()].map(({ work }) => work),
      ...[...this.dashboards.values()].flatMap(({ versions }) => versions).map((v) => v.work),
    ].filter(({ looksLeft }) => looksLeft > 0);
  }

  /** The same, which changes on its own. */
  clone(): QuickSightStore {
    const parts = Object.fromEntries(Object.entries(this));
    return Object.assign(new QuickSightStore(), structuredClone(parts));
  }
}
