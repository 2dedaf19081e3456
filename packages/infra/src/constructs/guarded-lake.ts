import { Validations } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnPrincipalPermissions, CfnResource } from "aws-cdk-lib/aws-lakeformation";
import { Construct } from "constructs";

import type { Place } from "../deployment.ts";

export interface GuardedLakeProps {
  /** Where the catalogue is. */
  readonly place: Place;
  readonly database: string;
  /** Folders whose files Lake Formation gives out, each by a name of its own. */
  readonly folders: readonly LakeFolder[];
  /** Key of the bucket. @default S3 keeps it */
  readonly keyArn: string | null;
  readonly grants: readonly LakeGrant[];
}

export interface LakeFolder {
  /** Part of the logical id. */
  readonly name: string;
  readonly bucketArn: string;
  /** Ending in `/`. */
  readonly folder: string;
}

/** What a role may do, and below which folder, by its name, it may make tables. */
export type LakeGrant = {
  /** Part of the logical ids. */
  readonly name: string;
  readonly roleArn: string;
} & (
  | { readonly may: "read" }
  | { readonly may: "write"; readonly folder: string }
  /** Adds partitions to this table alone. */
  | { readonly may: "crawl"; readonly table: string; readonly folder: string }
);

/**
 * Hands the files over to Lake Formation, which then gives them to whom it was told to. Whoever
 * deploys this has to be a data lake administrator.
 */
export class GuardedLake extends Construct {
  constructor(scope: Construct, id: string, props: GuardedLakeProps) {
    super(scope, id);
    const role = new LakeRole(this, "Role", props);
    const folders = props.folders.map(
      (folder) =>
        new CfnResource(this, `Folder${folder.name}`, {
          resourceArn: folderArn(folder),
          useServiceLinkedRole: false, // which can't be let into a key before it is there
          roleArn: role.roleArn,
        }),
    );
    for (const grant of props.grants) {
      for (const [on, resource, permissions] of permissionsOf(grant, props)) {
        new CfnPrincipalPermissions(this, `${grant.name}${on}`, {
          principal: { dataLakePrincipalIdentifier: grant.roleArn },
          resource,
          permissions: [...permissions],
          permissionsWithGrantOption: [],
        }).node.addDependency(...folders);
      }
    }
  }
}

type Permission = readonly [
  on: string,
  resource: CfnPrincipalPermissions.ResourceProperty,
  permissions: readonly string[],
];

function permissionsOf(
  grant: LakeGrant,
  { place, database, folders }: GuardedLakeProps,
): Permission[] {
  const catalogId = place.account;
  const inDatabase = { database: { catalogId, name: database } };
  const allTables = { table: { catalogId, databaseName: database, tableWildcard: {} } };
  const location = (name: string): Permission[] =>
    folders
      .filter((folder) => folder.name === name)
      .map((folder) => [
        "Location",
        { dataLocation: { catalogId, resourceArn: folderArn(folder) } },
        ["DATA_LOCATION_ACCESS"],
      ]);
  switch (grant.may) {
    case "read":
      return [
        ["Database", inDatabase, ["DESCRIBE"]],
        ["Tables", allTables, ["SELECT", "DESCRIBE"]],
      ];
    case "write":
      return [
        ["Database", inDatabase, ["DESCRIBE", "CREATE_TABLE"]],
        ["Tables", allTables, ["SELECT", "DESCRIBE", "INSERT", "DELETE", "ALTER", "DROP"]],
        ...location(grant.folder),
      ];
    case "crawl": {
      const table = { table: { catalogId, databaseName: database, name: grant.table } };
      return [
        ["Database", inDatabase, ["DESCRIBE"]],
        ["Table", table, ["SELECT", "DESCRIBE", "INSERT", "ALTER"]],
        ...location(grant.folder),
      ];
    }
  }
}

/** What Lake Formation opens the files with. Source: its guide, "Requirements for roles". */
class LakeRole extends Role {
  constructor(scope: Construct, id: string, { folders, keyArn }: GuardedLakeProps) {
    const files = folders.map((folder) => `${folderArn(folder)}/*`);
    super(scope, id, {
      description: "Files that Lake Formation gives out",
      assumedBy: new ServicePrincipal("lakeformation.amazonaws.com"),
      inlinePolicies: {
        Files: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
              resources: files,
            }),
            new PolicyStatement({
              actions: ["s3:ListBucket"],
              resources: [...new Set(folders.map(({ bucketArn }) => bucketArn))],
            }),
            ...(keyArn === null
              ? []
              : [
                  new PolicyStatement({
                    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                    resources: [keyArn],
                  }),
                ]),
          ],
        }),
      },
    });
    Validations.of(this).acknowledge(
      ...files.map((resource) => ({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason:
          "Every file of the folder: which of them whom is given are Lake Formation's grants.",
      })),
    );
  }
}

// As Lake Formation registers it: a bucket, or a folder without its slash.
function folderArn({ bucketArn, folder }: LakeFolder): string {
  return `${bucketArn}/${folder}`.replace(/\/+$/, "");
}
