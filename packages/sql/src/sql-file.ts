/** One `.sql` file of this package: its header and its text, placeholders unexpanded. */
export interface SqlFile {
  /** `datasets` are what dashboards read: no window, no parameters, no limit. */
  readonly kind: "parts" | "views" | "rollups" | "queries" | "detections" | "reports" | "datasets";
  readonly name: string;
  /** What the rows are, in one or two sentences. */
  readonly what: string;
  /** What one row stands for. */
  readonly grain?: string;
  /** Tables and views that it reads, separated by commas. */
  readonly reads?: string;
  /** Which predicates reach the partitions. */
  readonly prunes?: string;
  /** What it costs to run, in scans. */
  readonly cost?: string;
  /** Column name to meaning, in the order of the answer. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Parameter name to its type, meaning and default. */
  readonly parameters?: Readonly<Record<string, SqlParameter>>;
  /** Of a detection: see `detections/README.md`. */
  readonly detection?: DetectionHeader;
  /** Of a part: what its input must have, and what it gives. */
  readonly input?: string;
  readonly gives?: string;
  readonly text: string;
}

export interface SqlParameter {
  readonly type: "integer" | "decimal" | "text" | "address" | "cidr" | "port" | "protocol" | "time";
  readonly what: string;
  /** Absent: the caller must give it. */
  readonly default?: string | number | null;
}

/** What a detection says of itself, apart from its rows. */
export interface DetectionHeader {
  readonly title: string;
  /** Columns whose values make the stable key, separated by spaces. */
  readonly key: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "info";
  /** MITRE ATT&CK technique, where one fits. */
  readonly mitre?: string;
  /** Why a finding matters. */
  readonly why: string;
  /** What to do next. */
  readonly next: string;
  /** Flow-log fields beyond version 2 that it needs, separated by spaces. */
  readonly needs?: string;
  /** Public name, in camelCase and never one that changes, to what it holds. */
  readonly evidence?: Readonly<Record<string, EvidenceEntry>>;
}

/** One piece of evidence: the uniform column that holds it, and what it means here. */
export interface EvidenceEntry {
  readonly from: EvidenceColumn;
  readonly what: string;
}

/** Counts, but for `since`, a time in Unix seconds, and `sample`, a text: one of those counted. */
export type EvidenceColumn = "observed" | "expected" | "since" | "spread" | "sample";

/** What a person calls the file: `top_rejected.sql` is the query `top-rejected`. */
export function queryName(file: SqlFile): string {
  return file.name.replaceAll("_", "-");
}
