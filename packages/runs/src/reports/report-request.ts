import type { Options } from "../options.ts";
import type { Settings } from "../read-settings.ts";

/** What a report is made of, before the engine is chosen. */
export interface ReportRequest {
  /** Files, folders, globs, `-` and `s3://`; engines where the logs are take none. */
  readonly sources: readonly string[];
  readonly settings: Settings;
  /** `engine`, `date`, `since`, `until`, `state`. */
  readonly options: Options;
  /** How a finding's key reads once the report is masked: a mute may name it so. */
  readonly postedKey?: ((key: string) => string) | undefined;
}
