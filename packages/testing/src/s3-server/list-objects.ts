import type { ListedObject } from "./bucket.ts";
import type { S3Request } from "./request.ts";
import { element, xmlDocument, type Xml } from "./xml.ts";

/**
 * The answer to ListObjectsV2: prefix, delimiter, start-after, continuation-token and max-keys.
 * A common prefix counts as one key, as in S3.
 */
export function listObjects(
  objects: readonly ListedObject[],
  request: S3Request,
  pageSize: number,
): string {
  const { query, prefix } = request;
  const delimiter = query.get("delimiter") ?? "";
  const limit = Math.min(Number(query.get("max-keys") ?? pageSize), pageSize);
  const after = decodeToken(query.get("continuation-token")) ?? query.get("start-after") ?? "";
  const rows = groupByDelimiter(objects, prefix, delimiter).filter((row) =>
    isAfter(row.name, after),
  );
  const page = rows.slice(0, limit);
  const truncated = rows.length > limit;
  return xmlDocument(
    element(
      "ListBucketResult",
      element("Name", request.bucket),
      element("Prefix", prefix),
      element("MaxKeys", String(limit)),
      element("KeyCount", String(page.length)),
      element("IsTruncated", String(truncated)),
      ...(truncated ? [element("NextContinuationToken", encodeToken(page.at(-1)!.name))] : []),
      ...page.map((row) => row.xml),
    ),
  );
}

interface Row {
  readonly name: string;
  readonly xml: Xml;
}

function groupByDelimiter(
  objects: readonly ListedObject[],
  prefix: string,
  delimiter: string,
): Row[] {
  const rows = new Map<string, Row>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const cut = delimiter === "" ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? object.key : object.key.slice(0, cut + delimiter.length);
    if (!rows.has(name)) rows.set(name, { name, xml: cut < 0 ? contents(object) : common(name) });
  }
  return [...rows.values()];
}

function contents(object: ListedObject): Xml {
  return element(
    "Contents",
    element("Key", object.key),
    element("LastModified", "2026-11-20T00:00:00.000Z"),
    element("ETag", `"${object.etag}"`),
    element("Size", String(object.size)),
    element("StorageClass", object.storageClass),
  );
}

function common(prefix: string): Xml {
  return element("CommonPrefixes", element("Prefix", prefix));
}

function isAfter(name: string, after: string): boolean {
  return Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
}

function encodeToken(name: string): string {
  return Buffer.from(name).toString("base64url");
}

function decodeToken(token: string | null): string | undefined {
  return token === null ? undefined : Buffer.from(token, "base64url").toString();
}
