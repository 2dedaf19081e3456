/** What was refused, and what would have to be allowed. */
export interface MissingPermission {
  /** `glue:GetTable`, or a grant in the words of Lake Formation. */
  readonly permission: string;
  /** ARN, S3 address or table; null where AWS does not say. */
  readonly resource: string | null;
  readonly fix: string;
}

/**
 * The permission that a refusal is about, from the texts that Athena, Glue, S3, KMS and Lake
 * Formation answer with; undefined when the text is of something else.
 */
export function findMissingPermission(message: string): MissingPermission | undefined {
  for (const read of READERS) {
    const found = read(message);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The sentence for a permission of IAM. */
export function iamPermission(permission: string, resource: string | null): MissingPermission {
  const on = resource === null ? "" : ` on ${resource}`;
  return { permission, resource, fix: `allow ${permission}${on} in the role's policy` };
}

type Reader = (message: string) => MissingPermission | undefined;

const READERS: readonly Reader[] = [organisation, lakeFormation, kms, named, outputLocation, s3];

function organisation(message: string): MissingPermission | undefined {
  const found = named(message);
  if (found === undefined || !/explicit deny/i.test(message)) return undefined;
  const policy = /explicit deny in an? ([\w -]+? policy)/i.exec(message)?.[1] ?? "a policy";
  return { ...found, fix: `it is denied by ${policy}: ask who owns that policy` };
}

function lakeFormation(message: string): MissingPermission | undefined {
  const match =
    /Lake Formation permission\(s\)?:? ?(?:Required )?([A-Z_ ,]+?) on ([\w./:-]+)/i.exec(message);
  if (match === null) return undefined;
  const [, grant = "SELECT", resource = ""] = match;
  return {
    permission: `${grant.trim()} in Lake Formation`,
    resource,
    fix: `grant ${grant.trim()} on ${resource} to the role in Lake Formation, on the tables below a view, too`,
  };
}

function kms(message: string): MissingPermission | undefined {
  if (!/\bkms\b/i.test(message)) return undefined;
  const permission = /kms:\w+/.exec(message)?.[0] ?? "kms:Decrypt";
  const key = ARN_OF_KEY.exec(message)?.[0] ?? null;
  return {
    permission,
    resource: key,
    fix: `allow ${permission} on ${key ?? "the key of the bucket"} in the role's policy and in the key policy`,
  };
}

function named(message: string): MissingPermission | undefined {
  const match =
    /not authorized to perform:? ([a-z0-9-]+:\w+)(?: on (?:the )?resource:? "?([^\s",]+))?/i.exec(
      message,
    );
  return match === null ? undefined : iamPermission(match[1]!, match[2] ?? null);
}

function outputLocation(message: string): MissingPermission | undefined {
  const match = /denied.* (?:writing|output)\b.*?(s3:\/\/\S+)/i.exec(message);
  return match === null ? undefined : iamPermission("s3:PutObject", objectsBelow(match[1]!));
}

function s3(message: string): MissingPermission | undefined {
  const isDenied = /access ?denied|permission denied|status code: 403|forbidden/i.test(message);
  if (!isDenied || !/\bs3\b/i.test(message)) return undefined;
  const address = /s3:\/\/[^\s,;()]+/.exec(message)?.[0];
  const isListing = /ListObjects|ListBucket|listing/i.test(message);
  if (address === undefined) return iamPermission(isListing ? "s3:ListBucket" : S3_READ, null);
  const bucket = `arn:aws:s3:::${address.slice("s3://".length).split("/")[0]}`;
  return isListing
    ? iamPermission("s3:ListBucket", bucket)
    : iamPermission(S3_READ, `${bucket} and ${bucket}/*`);
}

const S3_READ = "s3:GetObject and s3:ListBucket";
const ARN_OF_KEY = /arn:aws[\w-]*:kms:[\w-]+:\d+:(?:key|alias)\/[\w/-]+/;

function objectsBelow(address: string): string {
  return `arn:aws:s3:::${address.slice("s3://".length).split("/")[0]}/*`;
}
