import { type Call, type Handler, text } from "../call.ts";
import { notFound, ServiceError } from "../service-error.ts";
import type { StoredAsset } from "../store.ts";
import { REQUEST, tagsIn } from "./assets.ts";

const MOST_TAGS = 50;

/** Tags of whatever has an ARN here. */
export const TAGS = {
  TagResource(call) {
    const asset = taggedAsset(call);
    const tags = Object.fromEntries(tagsIn(call.input).map(({ Key, Value }) => [Key, Value]));
    const after = { ...asset.tags, ...tags };
    if (Object.keys(after).length > MOST_TAGS) {
      throw new ServiceError("LimitExceededException", `A resource has ${MOST_TAGS} tags at most`);
    }
    asset.tags = after;
    return REQUEST;
  },
  UntagResource(call) {
    const asset = taggedAsset(call);
    for (const key of call.input["TagKeys"] as readonly string[]) delete asset.tags[key];
    return REQUEST;
  },
  ListTagsForResource(call) {
    const tags = Object.entries(taggedAsset(call).tags);
    return { Tags: tags.map(([Key, Value]) => ({ Key, Value })), ...REQUEST };
  },
} satisfies Record<string, Handler>;

function taggedAsset({ store, input }: Call): StoredAsset {
  const arn = text(input, "ResourceArn");
  const asset = store.assets().find((each) => each.arn === arn);
  if (asset === undefined) throw notFound(arn);
  return asset;
}
