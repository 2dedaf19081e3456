/** One `.insights` file of this package: its header and its text, placeholders unexpanded. */
export interface InsightsFile {
  readonly name: string;
  /** What the rows are, in one or two sentences. */
  readonly what: string;
  /** What one row stands for. */
  readonly grain: string;
  /** Columns that the rows are ordered by, as `records desc, srcaddr`; total. */
  readonly order: string;
  /** Rows that are asked for when nobody says how many. Absent: all. */
  readonly limit?: number;
  /** Numbers that the caller must give, and what they are: thresholds of a detection. */
  readonly values?: Readonly<Record<string, string>>;
  /** Column name to what it is, in the order of the answer. */
  readonly columns: Readonly<Record<string, InsightsColumn>>;
  readonly text: string;
}

export interface InsightsColumn {
  /** Insights answers with text alone, so the file says what to read it as. */
  readonly type: "text" | "integer";
  /** Field of the result, where it is not the column's name; may be a placeholder. */
  readonly field?: string;
  /**
   * How the values of two slices of time become one. A query is sliced only when all
   * of its columns say it: what was filtered after adding up can't be added up further.
   */
  readonly merge?: Merge;
  readonly what: string;
}

export type Merge = "key" | "sum" | "min" | "max";

/** What a person calls the file: `top_rejected.insights` is the query `top-rejected`. */
export function insightsName(file: InsightsFile): string {
  return file.name.replaceAll("_", "-");
}
