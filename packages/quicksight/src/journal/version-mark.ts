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
}

/**
 * The description of a version: a sentence for people, then what the next run reads. It is the
 * journal of deployments: whichever machine goes on finds it where the version is.
 */
export function describeVersion({ hash, sha, package: version, by }: VersionMark): string {
  const from = sha === null ? "" : ` from ${sha.slice(0, 12)}`;
  const who = by.slice(0, LONGEST_NAME).toWellFormed();
  const read = [
    `hash=${hash}`,
    `sha=${sha?.slice(0, 40) ?? "-"}`,
    `package=${version}`,
    `by=${encoded(who)}`,
  ];
  return `Deployed by ${who}${from} with turnaway ${version} [turnaway/1 ${read.join(" ")}]`;
}

/** What {@link describeVersion} wrote; null for a version that somebody else made. */
export function readMark(description: string | undefined): VersionMark | null {
  const match = MARK.exec(description ?? "");
  if (match === null) return null;
  const [, hash = "", sha = "-", version = "", by = ""] = match;
  return { hash, sha: sha === "-" ? null : sha, package: version, by: decoded(by) };
}

const MARK = /\[turnaway\/1 hash=([0-9a-f]{32}) sha=([0-9a-f]+|-) package=(\S+) by=(\S*)\]$/;
/** A description has at most 512 characters, and `encoded` makes nine of one. */
const LONGEST_NAME = 32;

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
