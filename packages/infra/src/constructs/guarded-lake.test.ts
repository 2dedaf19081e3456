import { describe, expect, it } from "vitest";

import { HOME, propertiesOf, templateOf } from "../../test/template-of.ts";
import { GuardedLake, type LakeGrant } from "./guarded-lake.ts";

const ROLE = "arn:aws:iam::123456789012:role/somebody";

function lakeOf(grants: LakeGrant[] = [], keyArn: string | null = null) {
  return templateOf((stack) => {
    new GuardedLake(stack, "Lake", {
      place: HOME,
      database: "flow",
      folders: [
        { name: "Logs", bucketArn: "arn:aws:s3:::flow", folder: "AWSLogs/" },
        { name: "Rollup", bucketArn: "arn:aws:s3:::rollup", folder: "" },
      ],
      keyArn,
      grants,
    });
  });
}

/** What the grant gives, by the kind of resource. */
function granted(grant: LakeGrant) {
  const permissions = propertiesOf(lakeOf([grant]), "AWS::LakeFormation::PrincipalPermissions");
  return Object.values(permissions).map(({ Resource, Permissions, Principal }) => {
    expect(Principal).toEqual({ DataLakePrincipalIdentifier: ROLE });
    return [Resource, Permissions];
  });
}

const DATABASE = { Database: { CatalogId: HOME.account, Name: "flow" } };
const TABLES = { Table: { CatalogId: HOME.account, DatabaseName: "flow", TableWildcard: {} } };
const at = (ResourceArn: string) => ({
  DataLocation: { CatalogId: HOME.account, ResourceArn },
});

describe("a guarded lake", () => {
  it.each<[string, LakeGrant, unknown[]]>([
    [
      "lets readers read",
      { name: "X", roleArn: ROLE, may: "read" },
      [
        [DATABASE, ["DESCRIBE"]],
        [TABLES, ["SELECT", "DESCRIBE"]],
      ],
    ],
    [
      "lets writers make tables in their folder",
      { name: "X", roleArn: ROLE, may: "write", folder: "Rollup" },
      [
        [DATABASE, ["DESCRIBE", "CREATE_TABLE"]],
        [TABLES, ["SELECT", "DESCRIBE", "INSERT", "DELETE", "ALTER", "DROP"]],
        [at("arn:aws:s3:::rollup"), ["DATA_LOCATION_ACCESS"]],
      ],
    ],
    [
      "lets a crawler change one table",
      { name: "X", roleArn: ROLE, may: "crawl", table: "logs", folder: "Logs" },
      [
        [DATABASE, ["DESCRIBE"]],
        [
          { Table: { CatalogId: HOME.account, DatabaseName: "flow", Name: "logs" } },
          ["SELECT", "DESCRIBE", "INSERT", "ALTER"],
        ],
        [at("arn:aws:s3:::flow/AWSLogs"), ["DATA_LOCATION_ACCESS"]],
      ],
    ],
  ])("%s", (_what, grant, expected) => {
    expect(granted(grant)).toEqual(expected);
  });

  it("registers its folders with a role that opens these alone", () => {
    const template = lakeOf();
    expect(
      Object.values(propertiesOf(template, "AWS::LakeFormation::Resource")).map(
        ({ ResourceArn, UseServiceLinkedRole }) => [ResourceArn, UseServiceLinkedRole],
      ),
    ).toEqual([
      ["arn:aws:s3:::flow/AWSLogs", false],
      ["arn:aws:s3:::rollup", false],
    ]);
    const [role] = Object.values(propertiesOf(template, "AWS::IAM::Role"));
    expect(JSON.stringify(role)).toContain(
      '["arn:aws:s3:::flow/AWSLogs/*","arn:aws:s3:::rollup/*"]',
    );
  });

  it.each([
    [null, false],
    ["arn:aws:kms:eu-central-1:123456789012:key/1", true],
  ])("uses the key %s", (key, uses) => {
    expect(JSON.stringify(lakeOf([], key).toJSON()).includes("kms:GenerateDataKey")).toBe(uses);
  });
});
