import { folderPrefix, parseFlowLogFolder } from "@turnaway/core";
import { mapConcurrent } from "./map-concurrent.ts";
import { listChildren, type BucketSession, type ListedObject } from "./s3-listing.ts";

/** The flow logs of one account and region in one of the two styles of folder. */
export interface FlowLogTree {
  /** Folder of the region. */
  readonly root: string;
  readonly base: string;
  readonly hive: boolean;
  readonly account: string;
  readonly region: string;
  /** The prefix asked for where it lies below the region, else the root: nothing outside is read. */
  readonly within: string;
}

export interface FoundTrees {
  readonly trees: FlowLogTree[];
  /** Objects met outside any layout on the way. */
  readonly loose: ListedObject[];
  /** False when folders outside any layout were left unopened: there may be more of both. */
  readonly exhaustive: boolean;
}

/**
 * Finds the layouts at, below or around the prefix with one listing a folder: down to
 * `AWSLogs` through any folders, then account by account to the regions. Days are not listed.
 */
export async function findTrees(session: BucketSession, prefix: string): Promise<FoundTrees> {
  const found = { trees: [] as FlowLogTree[], loose: [] as ListedObject[], exhaustive: true };
  let opened = 0;
  let level = [prefix];
  for (let depth = 0; level.length > 0; depth++) {
    const open = level.filter((folder) => !addTree(found.trees, folder, prefix));
    const children = await mapConcurrent(open, LISTINGS_AT_ONCE, (folder) =>
      listChildren(session, folder),
    );
    level = [];
    for (const [index, { objects, folders }] of children.entries()) {
      const inside = parseFlowLogFolder(open[index]!) !== undefined;
      if (!inside) found.loose.push(...objects);
      // Inside a layout only its own next level counts, so load balancer and Config logs
      // that share the account's folder are not walked.
      const layout = folders.filter((folder) => parseFlowLogFolder(folder) !== undefined);
      const other = inside ? [] : folders.filter((folder) => !layout.includes(folder));
      const walk = depth < MAX_DEPTH_TO_LOGS && opened + other.length <= MAX_OTHER_FOLDERS;
      level.push(...layout, ...(walk ? other : []));
      opened += walk ? other.length : 0;
      found.exhaustive &&= walk || other.length === 0;
    }
  }
  return found;
}

/** The prefix of one day of the tree. */
export function dayFolder(tree: FlowLogTree, date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const { account, region } = tree;
  return folderPrefix(tree.base, tree.hive, { account, region, year, month, day });
}

/** Listings side by side: S3 serves thousands a second, a laptop's sockets are the bound. */
export const LISTINGS_AT_ONCE = 16;
// AWSLogs stands at the root or below a short prefix; deeper or wider is somebody's data lake.
const MAX_DEPTH_TO_LOGS = 4;
const MAX_OTHER_FOLDERS = 300;

function addTree(trees: FlowLogTree[], folder: string, asked: string): boolean {
  const parsed = parseFlowLogFolder(folder);
  const { account, region } = parsed?.levels ?? {};
  if (parsed === undefined || account === undefined || region === undefined) return false;
  const root = folderPrefix(parsed.base, parsed.hive, { account, region });
  const within = asked.startsWith(root) ? asked : root;
  trees.push({ root, base: parsed.base, hive: parsed.hive, account, region, within });
  return true;
}
