import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { findFreePort } from "./free-port.ts";
import { type ServerPlan, writeServerFiles } from "./server-files.ts";
import { type ServerProcess, startServer, waitFor } from "./server-process.ts";
import type { Tools } from "./tools.ts";

/** A Trino over S3 and Glue, all of it on the loopback interface and empty. */
export interface Lakehouse {
  readonly trinoUrl: string;
  /** Endpoint of S3 and of Glue. */
  readonly awsUrl: string;
  /** Stops everything and removes what the run wrote; may be called twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly signal: AbortSignal;
  /**
   * Reads of a small file only the columns that are asked for, as of a large one, so that
   * counts of bytes stand for large days, too. Costs requests. Default false.
   */
  readonly readsByColumn?: boolean;
}

/**
 * Starts moto and Trino on free ports.
 *
 * @throws Error with the end of the server's output when one of them does not come up;
 * then nothing is left running.
 */
export async function startLakehouse(
  tools: Tools,
  { signal, readsByColumn = false }: StartOptions,
): Promise<Lakehouse> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "turnaway-trino-"));
  const stoppers: (() => Promise<void>)[] = [
    () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const stop = async (): Promise<void> => {
    for (let last = stoppers.pop(); last !== undefined; last = stoppers.pop()) await last();
  };
  try {
    const moto = startMoto(tools);
    stoppers.push(() => moto.stop(2000));
    const awsUrl = await waitFor(moto, async () => RUNNING_ON.exec(moto.output())?.[1], {
      signal,
      patienceMs: 60_000,
    });
    const plan = { port: await findFreePort(), awsUrl, dataDir, readsByColumn };
    const config = await writeServerFiles(tools, plan);
    const archive = await classArchive(tools, plan);
    const trino = startServer(trinoCommand(tools, config, { plan, archive: archive.flag }));
    let served = false;
    stoppers.push(async () => {
      await trino.stop(20_000);
      await archive.settle(served);
    });
    const trinoUrl = `http://127.0.0.1:${plan.port}`;
    await waitFor(trino, () => isReady(trinoUrl), { signal, patienceMs: 600_000 });
    served = true;
    return { trinoUrl, awsUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const RUNNING_ON = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

function startMoto({ python }: Tools): ServerProcess {
  return startServer({
    name: "moto",
    command: python.command,
    args: ["-u", path.join(import.meta.dirname, "start-moto.py")],
    env: { ...process.env, PYTHONPATH: python.packages },
  });
}

function trinoCommand(
  { trino, java, python }: Tools,
  config: string,
  { plan, archive }: { plan: ServerPlan; archive: string },
): Parameters<typeof startServer>[0] {
  const flags = [
    ...JVM_FLAGS,
    archive,
    `-Djava.io.tmpdir=${plan.dataDir}`,
    `-Dconfig=${config}`,
    "-cp",
    path.join(trino.lib, "*"),
    "io.trino.server.TrinoServer",
  ];
  return {
    name: "Trino",
    command: python.command,
    args: ["-c", DIE_WITH_PARENT, java, ...flags],
    cwd: trino.root,
  };
}

// A run that is killed outright can stop nothing: the kernel does it, where it is Linux.
const DIE_WITH_PARENT = `
import ctypes, os, sys
if sys.platform == "linux": ctypes.CDLL(None).prctl(1, 15)
os.execv(sys.argv[1], sys.argv[1:])
`;

/**
 * For a server that starts often and lives shortly: one collector, one compiler. A query may take
 * 0.3 of the memory, and a run keeps some hundred small tables in it: with 1 GiB half of its time
 * went into full collections.
 */
const JVM_FLAGS = [
  "-Xmx4G",
  "-Xmn1G",
  // Every query brings classes of its own. With the 48 MB for code and 20 MB for classes that are
  // usual, the whole heap is collected every few seconds to make room, and a run takes a quarter
  // longer.
  "-XX:ReservedCodeCacheSize=512M",
  "-XX:MetaspaceSize=1G",
  "-Xlog:disable",
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-XX:+ExitOnOutOfMemoryError",
  "-Duser.timezone=UTC",
  "-Dfile.encoding=UTF-8",
  "-Djdk.attach.allowAttachSelf=true",
  "-Djol.skipHotspotSAAttach=true",
  "--sun-misc-unsafe-memory-access=allow",
  "--enable-native-access=ALL-UNNAMED",
];

interface ClassArchive {
  readonly flag: string;
  /** Puts what the server wrote as it ended into its place, or away. */
  settle(keep: boolean): Promise<void>;
}

// Written beside and renamed, so that a run never reads an archive that another is writing.
async function classArchive(
  { trino: { classArchive: file } }: Tools,
  { port }: ServerPlan,
): Promise<ClassArchive> {
  if (existsSync(file)) {
    return { flag: `-XX:SharedArchiveFile=${file}`, settle: () => Promise.resolve() };
  }
  const written = `${file}.${process.pid}-${port}`;
  return {
    flag: `-XX:ArchiveClassesAtExit=${written}`,
    async settle(keep) {
      if (keep && existsSync(written)) await rename(written, file);
      await rm(written, { force: true });
    },
  };
}

// It answers before it has found itself as a worker: only a query that reads proves that.
async function isReady(url: string): Promise<true | undefined> {
  try {
    await ask(url, "CREATE TABLE IF NOT EXISTS memory.default.ready AS SELECT 1 AS x");
    await ask(url, "SELECT * FROM memory.default.ready");
    return true;
  } catch {
    return undefined;
  }
}

async function ask(url: string, body: string): Promise<void> {
  const headers = { "X-Trino-User": "start" };
  const posted = await fetch(`${url}/v1/statement`, { method: "POST", headers, body });
  let answer = (await posted.json()) as StatementAnswer;
  while (answer.nextUri !== undefined) {
    answer = (await (await fetch(answer.nextUri, { headers })).json()) as StatementAnswer;
  }
  if (answer.error !== undefined) throw new Error(answer.error.message);
}

interface StatementAnswer {
  readonly nextUri?: string;
  readonly error?: { readonly message: string };
}
