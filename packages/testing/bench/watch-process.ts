import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** What a process used, as far as the system tells. */
export interface Usage {
  /** Largest resident memory of the process; null where there is no `/proc`. */
  readonly peakBytes: number | null;
  /** User and system time of all its threads, up to the last look; null without `/proc`. */
  readonly cpuSeconds: number | null;
  /** Largest sum of the files that it put into `/dev/shm`. */
  readonly sharedMemoryBytes: number;
}

/**
 * Looks at a process every few milliseconds until it is stopped.
 *
 * The peak is the kernel's own high-water mark, so what happens between two looks is
 * in it; only growth in the last milliseconds of the process can be missed.
 */
export function watchProcess(pid: number | undefined): { stop: () => Usage } {
  const before = new Set(sharedMemoryEntries());
  let peakBytes: number | null = null;
  let cpuSeconds: number | null = null;
  let sharedMemoryBytes = 0;
  const look = (): void => {
    peakBytes = Math.max(peakBytes ?? 0, highWaterMark(pid) ?? 0) || null;
    cpuSeconds = Math.max(cpuSeconds ?? 0, processorTime(pid) ?? 0) || null;
    const own = sharedMemoryEntries().filter((name) => !before.has(name));
    sharedMemoryBytes = Math.max(sharedMemoryBytes, sizeOf(own));
  };
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      return { peakBytes, cpuSeconds, sharedMemoryBytes };
    },
  };
}

const SHARED_MEMORY = "/dev/shm";
/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const TICKS = 100;

function highWaterMark(pid: number | undefined): number | undefined {
  const status = readOrNothing(`/proc/${pid}/status`);
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(status);
  return found === null ? undefined : Number(found[1]) * 1024;
}

function processorTime(pid: number | undefined): number | undefined {
  // The name of the program, in brackets, may hold spaces: the fields are counted behind it.
  const [, fields] = readOrNothing(`/proc/${pid}/stat`).split(/\) (?!.*\) )/);
  const [user, system] = fields?.split(" ").slice(11, 13) ?? [];
  return user === undefined ? undefined : (Number(user) + Number(system)) / TICKS;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process has ended, or the system has no such files.
    return "";
  }
}

function sharedMemoryEntries(): readonly string[] {
  try {
    return readdirSync(SHARED_MEMORY).filter((name) => name.startsWith("turnaway-"));
  } catch {
    return [];
  }
}

function sizeOf(entries: readonly string[]): number {
  return entries
    .flatMap((entry) => {
      try {
        const folder = path.join(SHARED_MEMORY, entry);
        const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
        return names.map((name) => statSync(path.join(folder, name)).blocks * 512);
      } catch {
        // Removed between two calls: it will not be the peak.
        return [];
      }
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
