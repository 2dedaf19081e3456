import type { Options } from "@turnaway/runs";

/** What `turnaway query` is asked: a query of the catalogue by name, or one's own text. */
export interface Question {
  /** Empty where `own` is given. */
  readonly name: string;
  readonly own: string | null;
  /** As written, name to text. */
  readonly params: Readonly<Record<string, string>>;
  /** Most rows; null where nobody said it. */
  readonly limit: number | null;
  readonly options: Options;
}
