import { contentKeyText } from "./claims.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { SourceFile } from "./source-file.ts";

/** A file and what came of it. */
export interface FileResult {
  readonly file: SourceFile;
  readonly outcome: FileOutcome;
  /** The earlier file that holds the same content; its records count, this one's do not. */
  readonly original?: SourceFile;
}

/** What settling may ask for. */
export interface ClaimTasks {
  /** A hash of the bytes as stored, or of the plain bytes. */
  digest(file: SourceFile, of: "stored" | "plain"): Promise<string>;
  /** Reads a file whose lines nobody has written, whoever has the claim. */
  readAgain(file: SourceFile): Promise<FileOutcome>;
}

/** The first file of each content, kept over all batches. */
export type Holders = Map<string, Holder[]>;

interface Holder {
  readonly file: SourceFile;
  written: boolean;
}

/**
 * Decides which files are duplicates, in the order of the files and not in that of
 * the threads: the first file of a content is the original, whoever wrote its lines.
 *
 * Files of one content key are compared by hash. Should two contents share a key,
 * both are kept, and a file whose lines were held back is read again.
 */
export async function settleClaims(
  results: readonly FileResult[],
  holders: Holders,
  tasks: ClaimTasks,
): Promise<FileResult[]> {
  const same = comparer(tasks);
  const settled: FileResult[] = [];
  const fresh = new Map<number, Holder>();
  for (const result of results) {
    const { file, outcome } = result;
    const rivals = outcome.content === null ? undefined : holdersOf(holders, outcome.content);
    const holder = rivals && (await findSame(rivals, file, same));
    if (holder !== undefined) {
      holder.written ||= !outcome.claimed;
      settled.push({ ...result, original: holder.file });
      continue;
    }
    if (rivals !== undefined) {
      const own = { file, written: !outcome.claimed };
      rivals.push(own);
      fresh.set(settled.length, own);
    }
    settled.push(result);
  }
  for (const [i, holder] of fresh) {
    if (holder.written) continue;
    settled[i] = { file: holder.file, outcome: await tasks.readAgain(holder.file) };
    holder.written = true;
  }
  return settled;
}

function holdersOf(holders: Holders, content: { crc: number; length: number }): Holder[] {
  const key = contentKeyText(content);
  const list = holders.get(key) ?? [];
  holders.set(key, list);
  return list;
}

async function findSame(
  rivals: readonly Holder[],
  file: SourceFile,
  same: Comparer,
): Promise<Holder | undefined> {
  for (const rival of rivals) if (await same(rival.file, file)) return rival;
  return undefined;
}

type Comparer = (a: SourceFile, b: SourceFile) => Promise<boolean>;

/** Copies are mostly equal as stored; only when they are not are they unpacked to compare. */
function comparer(tasks: ClaimTasks): Comparer {
  const digests = new Map<string, Promise<string>>();
  const digest = (file: SourceFile, of: "stored" | "plain"): Promise<string> => {
    const key = `${of} ${file.path}`;
    let known = digests.get(key);
    if (known === undefined) digests.set(key, (known = tasks.digest(file, of)));
    return known;
  };
  return async (a, b) => {
    const equal = async (of: "stored" | "plain") => {
      const [first, second] = await Promise.all([digest(a, of), digest(b, of)]);
      return first === second;
    };
    return (a.size === b.size && (await equal("stored"))) || equal("plain");
  };
}
