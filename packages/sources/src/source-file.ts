/** A file on this machine's disk that a report reads, wherever it came from. */
export interface SourceFile {
  /** What a person calls it: the path as given, or `s3://bucket/key`. */
  readonly name: string;
  /** Where it lies; keeps the original's extensions. */
  readonly path: string;
  /** Bytes as stored, compressed. */
  readonly size: number;
  /** Changes when the content does; cheap to know without reading the file. */
  readonly identity: string;
  /** UTC day of the folder that it was delivered to, `2026-11-19`; null when no layout says. */
  readonly day: string | null;
  /** Unix seconds at which it was written, from its name; null when the name does not say. */
  readonly deliveredAt: number | null;
}
