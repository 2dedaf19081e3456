/** What the repository looks like to a release. */
export interface ReleaseState {
  /** Names of the files in `.changeset`. */
  readonly changesetFiles: readonly string[];
  /** Version of the command, which the Action shares. */
  readonly version: string;
  /** Tags of the repository. */
  readonly tags: ReadonlySet<string>;
}

/** `version`: propose the next one; `publish`: it was merged, and is not released yet. */
export type ReleaseStep = "version" | "publish" | "nothing";

export function nextStep({ changesetFiles, version, tags }: ReleaseState): ReleaseStep {
  if (changesetFiles.some((name) => name.endsWith(".md") && name !== "README.md")) return "version";
  return version === NEVER_RELEASED || tags.has(`v${version}`) ? "nothing" : "publish";
}

const NEVER_RELEASED = "0.0.0";

/**
 * Tags that move to a release: `v1` and `v1.2` for 1.2.3, and none for what comes before a release
 * (`1.2.3-rc.1`), since whoever wrote `@v1` did not ask for that.
 */
export function movingTags(version: string): string[] {
  const found = /^(\d+)\.(\d+)\.\d+$/.exec(version);
  return found === null ? [] : [`v${found[1]}`, `v${found[1]}.${found[2]}`];
}

/** The part of a changelog that is about one version; empty where there is none. */
export function notesOf(changelog: string, version: string): string {
  const [, after = ""] = `\n${changelog}`.split(`\n## ${version}\n`);
  return after.split(/\n## /, 1)[0]!.trim();
}
