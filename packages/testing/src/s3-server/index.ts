export { startS3Server, type S3Server, type S3ServerOptions } from "./s3-server.ts";
export { folderBucket, memoryBucket, type Bucket, type StoredObject } from "./bucket.ts";
export { refuse, type Fault, type FaultRule } from "./faults.ts";
export type { S3Operation, S3Request } from "./request.ts";
