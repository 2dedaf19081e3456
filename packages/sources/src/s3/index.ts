export { createS3Client, type S3ClientOptions, type S3Sender } from "./s3-client.ts";
export { isS3Uri, parseS3Uri, type S3Uri } from "./s3-uri.ts";
export { listS3Source, newestDay, type ListOptions, type S3Listing } from "./list-source.ts";
export { objectIdentity, objectUri, type S3Object } from "./s3-object.ts";
export {
  downloadObjects,
  type Download,
  type DownloadOptions,
  type DownloadProgress,
} from "./download-objects.ts";
export { pruneCache, type PruneOptions } from "./prune-cache.ts";
