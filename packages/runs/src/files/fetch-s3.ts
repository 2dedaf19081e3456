import { homedir } from "node:os";
import path from "node:path";

import type { Problem } from "@turnaway/core";
import type { SourceFile } from "@turnaway/sources";
import {
  createS3Client,
  downloadObjects,
  listS3Source,
  parseS3Uri,
  pruneCache,
} from "@turnaway/sources/s3";

import type { Ports } from "../ports.ts";
import { type FindOptions, spread } from "./find-files.ts";

/**
 * Downloads the objects of the days that are asked for into the cache; without a
 * window, of the newest day that is whole.
 *
 * Earlier days are not fetched for the sake of history: they are in the state of
 * earlier runs, or are read once by `turnaway rollup build`.
 */
export async function fetchS3(
  uri: string,
  { settings, window, onProgress, sample }: FindOptions,
  { env, signal }: Ports,
): Promise<{ files: readonly SourceFile[]; problems: readonly Problem[] }> {
  const client = await createS3Client(env, { bucket: parseS3Uri(uri).bucket });
  const listing = await listS3Source(uri, {
    client,
    signal,
    settleHours: settings.config.report.settleHours,
    ...(window === null ? {} : { window }),
  });
  const cacheDir = cacheFolder(env);
  const { files, problems } = await downloadObjects(spread(listing.objects, sample ?? Infinity), {
    client,
    cacheDir,
    signal,
    ...(onProgress === undefined
      ? {}
      : { onProgress: ({ bytes, totalBytes }) => onProgress(bytes, totalBytes) }),
  });
  await pruneCache(cacheDir);
  const notices = listing.notices.map((detail) => ({
    code: "S3_LISTING",
    where: uri,
    detail,
    partial: false,
  }));
  return { files, problems: [...notices, ...problems] };
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "turnaway", "s3");
}
