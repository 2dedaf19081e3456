import { createHash } from "node:crypto";
import path from "node:path";

import { type Problem, TurnawayError } from "@turnaway/core";
import type { SourceFile } from "@turnaway/sources";

import type { Ports } from "../ports.ts";
import type { Settings } from "../read-settings.ts";

/** The files of a source, and what was passed over on the way to them. */
export interface FoundFiles {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
  /** Names the source in the state file: the same folder, the same name. */
  readonly id: string;
  /** The same for people. */
  readonly label: string;
}

export interface FindOptions {
  readonly settings: Settings;
  readonly tempDir: string;
  /** Days that are asked for: of `s3://` only these are listed. Unix seconds. */
  readonly window: { readonly start: number; readonly end: number } | null;
  readonly onProgress?: (done: number, of: number) => void;
  /** Of `s3://` only so many objects, spread over what is there. */
  readonly sample?: number;
}

/** Files, folders, globs, `-` and `s3://`; without any, the bucket of the configuration. */
export async function findFiles(
  given: readonly string[],
  options: FindOptions,
  ports: Ports,
): Promise<FoundFiles> {
  const specs = given.length > 0 ? given : configuredSource(options.settings);
  const remote = specs.filter((spec) => spec.startsWith("s3://"));
  const local = specs.filter((spec) => !spec.startsWith("s3://"));
  const listings = [];
  if (local.length > 0) {
    const { listLocalSources } = await import("@turnaway/sources");
    listings.push(
      await listLocalSources(local, {
        ...(ports.openStdin === undefined ? {} : { stdin: ports.openStdin() }),
        tempDir: options.tempDir,
        signal: ports.signal,
      }),
    );
  }
  for (const uri of remote) {
    const { fetchS3 } = await import("./fetch-s3.ts");
    listings.push(await fetchS3(uri, options, ports));
  }
  return {
    files: listings.flatMap(({ files }) => files),
    problems: listings.flatMap(({ problems }) => problems),
    ...nameSource(specs),
  };
}

/** Up to `most` of the items, the first and the last among them. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const at = (i: number): number => Math.round((i * (items.length - 1)) / (most - 1));
  return Array.from({ length: most }, (_, i) => items[at(i)]!);
}

function configuredSource({ config }: Settings): readonly string[] {
  const { bucket, prefix } = config.logs;
  if (bucket) return [prefix === "" ? `s3://${bucket}` : `s3://${bucket}/${prefix}`];
  throw new TurnawayError("USAGE", {
    what: "no source",
    where: "SOURCE",
    why: "no file, folder or s3:// was given, and the configuration names no bucket",
    fix: "give a folder of flow logs, for example `turnaway report ./flow-logs`; without any logs try `turnaway demo`",
  });
}

/** How a state file knows a source, whatever order or spelling it was given in. */
export function nameSource(specs: readonly string[]): { id: string; label: string } {
  const names = specs
    .map((spec) =>
      spec === "-" || spec.startsWith("s3://") ? spec.replace(/\/+$/, "") : path.resolve(spec),
    )
    .toSorted();
  const id = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 16);
  return { id, label: names.join(" ") };
}
