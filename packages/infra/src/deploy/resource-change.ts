import type { ResourceDifference, TemplateDiff } from "@aws-cdk/cloudformation-diff";

/** What happens to one resource of a stack. */
export interface ResourceChange {
  readonly logicalId: string;
  /** `AWS::S3::Bucket`. */
  readonly type: string;
  /** Its place among the constructs, `Bucket/Key`; the logical id where the template does not say. */
  readonly path: string;
  readonly what: ChangeKind;
  /** Names of the properties that change; empty for what is made or goes. */
  readonly properties: readonly string[];
}

/**
 * `replace`: made anew, and the old one deleted. `may-replace`: CloudFormation decides from the
 * values. `keep`: it leaves the stack, and stays in the account.
 */
export type ChangeKind = "create" | "update" | "may-replace" | "replace" | "destroy" | "keep";

/** The changes of one stack, the gravest first. */
export function resourceChanges(diff: TemplateDiff): readonly ResourceChange[] {
  return diff.resources.logicalIds
    .flatMap((logicalId) => {
      const change = diff.resources.get(logicalId);
      const what = KINDS[change.changeImpact];
      return what === undefined ? [] : [resourceChange(logicalId, change, what)];
    })
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.what) - ORDER.indexOf(b.what) ||
        a.type.localeCompare(b.type) ||
        a.path.localeCompare(b.path),
    );
}

/** Kinds of change, the gravest first. */
export const ORDER: readonly ChangeKind[] = [
  "destroy",
  "replace",
  "may-replace",
  "update",
  "create",
  "keep",
];

// Keyed by the values of ResourceImpact, so that reading a plan needs no code of the toolkit.
const KINDS: Readonly<Record<string, ChangeKind>> = {
  WILL_CREATE: "create",
  WILL_IMPORT: "create",
  WILL_UPDATE: "update",
  MAY_REPLACE: "may-replace",
  WILL_REPLACE: "replace",
  WILL_DESTROY: "destroy",
  WILL_ORPHAN: "keep",
};

/** Where a resource stands among the constructs, from the path that CDK writes beside it. */
export function placeOf(path: string): string {
  // The first part is the stack, the last the resource within its construct.
  return path
    .split("/")
    .slice(1)
    .join("/")
    .replace(/\/(Resource|Default)$/, "");
}

function resourceChange(
  logicalId: string,
  change: ResourceDifference,
  what: ChangeKind,
): ResourceChange {
  const properties = Object.entries(change.propertyUpdates)
    .filter(([, { isDifferent }]) => isDifferent)
    .map(([name]) => name);
  return {
    logicalId,
    type: change.resourceType ?? "unknown",
    path: pathOf(change) ?? logicalId,
    what,
    properties: change.isUpdate ? properties.toSorted() : [],
  };
}

function pathOf({ newValue, oldValue }: ResourceDifference): string | undefined {
  const metadata = (newValue ?? oldValue)?.Metadata as Record<string, unknown> | undefined;
  const path = metadata?.["aws:cdk:path"];
  return typeof path === "string" ? placeOf(path) : undefined;
}
