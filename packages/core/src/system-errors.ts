/** The code of a system or zlib error: `ENOENT`, `Z_DATA_ERROR`; undefined when it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** Why the system refused to read or write something, for people, with its code for a search. */
export function describeSystemError(error: unknown): string {
  const code = errorCode(error);
  const known = code === undefined ? undefined : REASONS[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "it is not there",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a file of that name is there already",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open on this machine",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  ELOOP: "its symbolic links go round in a circle",
  EIO: "the disk reports an input/output error",
};
