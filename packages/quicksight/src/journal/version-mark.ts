/** What a version of a dashboard says of the deployment that made it. */
export interface VersionMark {
  /** Of the definition that was wanted, see `contentHash`. */
  readonly hash: string;
  /** Commit of the files; null where they were in none. */
  readonly sha: string | null;
  /** Version of turnaway, as changesets count it. */
  readonly package: string;
  /** Login at GitHub, or the user of AWS. */
  readonly by: string;
  /** Number of the version that was the newest when it was planned; 0 for none. */
  readonly after: number;
}

/**
 * The description of a version: a sentence for people, then what the next run reads. It is the
 * journal of deployments: whichever machine goes on finds it where the version is.
 */
export function describeVersion({ hash, sha, package: version, by, after }: VersionMark): string {
  const from = sha === null ? "" : ` from ${sha.slice(0, 12)}`;
  const who = by.slice(0, LONGEST_NAME).toWellFormed();
  const read = [
    `hash=${hash}`,
    `sha=${sha?.slice(0, 40) ?? "-"}`,
    `package=${version}`,
    `by=${encoded(who)}`,
    `after=${after}`,
  ];
  return `Deployed by ${who}${from} with turnaway ${version} [turnaway/1 ${read.join(" ")}]`;
}

/** What {@link describeVersion} wrote; null for a version that somebody else made. */
export function readMark(description: string | undefined): VersionMark | null {
  const match = MARK.exec(description ?? "");
  if (match === null) return null;
  const [, hash = "", sha = "-", version = "", by = "", after] = match;
  const commit = sha === "-" ? null : sha;
  return { hash, sha: commit, package: version, by: decoded(by), after: Number(after) };
}

const MARK =
  /\[turnaway\/1 hash=([0-9a-f]{32}) sha=([0-9a-f]+|-) package=(\S+) by=(\S*) after=(\d+)\]$/;
/** A description has at most 512 characters, and `encoded` makes nine of one. */
const LONGEST_NAME = 28;

function encoded(text: string): string {
  return encodeURIComponent(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
