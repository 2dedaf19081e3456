import { type Call, text } from "../call.ts";
import type { Input } from "../request.ts";
import { busy, invalid, notFound } from "../service-error.ts";
import type { Permission, StoredAsset, StoredDataSet, Wire } from "../store.ts";
import { lookAt, resultOf, type Work } from "../work.ts";

/** What a new asset has before anything of its own; its permissions and tags come with the input. */
export function newAsset({ store, input }: Call, id: string, resource: string): StoredAsset {
  const now = store.tick();
  return {
    id,
    arn: store.arn(`${resource}/${id}`),
    createdAt: now,
    updatedAt: now,
    permissions: ((input["Permissions"] ?? []) as Permission[]).map((each) => ({ ...each })),
    tags: Object.fromEntries(tagsIn(input).map(({ Key, Value }) => [Key, Value])),
  };
}

/** @throws ServiceError for an id that is not there */
export function existing<Asset>(
  assets: ReadonlyMap<string, Asset>,
  id: string,
  kind: string,
): Asset {
  const asset = assets.get(id);
  if (asset === undefined) throw notFound(`${kind} ${id}`);
  return asset;
}

/** @throws ServiceError for an id that is not there */
export function dataSetOf({ store, input }: Call): StoredDataSet {
  return existing(store.dataSets, text(input, "DataSetId"), "Data set");
}

/** @throws ServiceError while it is in progress; asking is a look at it */
export function checkIdle(work: Work, what: string): void {
  if (resultOf(work) !== "IN_PROGRESS") return;
  lookAt(work);
  throw busy(what);
}

/** @throws ServiceError for a user, a group or a namespace that the account does not have */
export function checkPrincipals(
  { store }: Pick<Call, "store">,
  permissions: readonly Permission[],
): void {
  const { namespaces, users, groups } = store;
  const known = new Set([
    ...namespaces.map((name) => store.identityArn(`namespace/${name}`)),
    ...users.map((name) => store.identityArn(`user/${namespaces[0]}/${name}`)),
    ...groups.map((name) => store.identityArn(`group/${namespaces[0]}/${name}`)),
  ]);
  for (const { Principal } of permissions) {
    if (!known.has(Principal)) throw invalid(`Principal ARN ${Principal} is not valid`);
  }
}

/** The input without what is kept beside it. */
export function withoutGrants(input: Input): Wire {
  const { AwsAccountId: _account, Permissions: _permissions, Tags: _tags, ...rest } = input;
  return rest;
}

/** @throws ServiceError for a tag that AWS does not take; its lengths are the model's */
export function tagsIn(input: Input): readonly Tag[] {
  const tags = (input["Tags"] ?? []) as Tag[];
  for (const { Key, Value } of tags) {
    if (!TAG_TEXT.test(Key) || !TAG_TEXT.test(Value) || /^aws:/i.test(Key)) {
      throw invalid(`The tag ${Key}=${Value} is not valid`);
    }
  }
  return tags;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

// What every service of AWS takes; the model of this one names lengths alone.
const TAG_TEXT = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

/** Of an answer that has nothing more to say than whom it is about. */
export const REQUEST = { RequestId: "request" };
