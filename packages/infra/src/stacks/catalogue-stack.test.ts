import { S3_LAYOUTS } from "@turnaway/core";
import { glueTableInput, rawTable } from "@turnaway/sql";
import { App, CfnResource } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";

import { deploymentOf, HOME, propertiesOf, templateOfStack } from "../../test/template-of.ts";
import { namedQueries } from "../named-queries.ts";
import { CatalogueStack } from "./catalogue-stack.ts";

const GITHUB =
  "infrastructure: { github: { repository: example/turnaway, ownerId: 1, repositoryId: 2 } }\n";

function templateFor(yaml: string, keyArn: string | null = null) {
  const deployment = deploymentOf(yaml);
  const input = { deployment, env: deployment.home, store: { keyArn } };
  return templateOfStack((app) => new CatalogueStack(app, "catalogue", input));
}

const tableOf = (yaml: string) =>
  propertiesOf(templateFor(yaml), "AWS::Glue::Table")["RawTable"] as { TableInput: object };

describe("the catalogue", () => {
  it.each(
    S3_LAYOUTS.flatMap((layout) =>
      (["text", "parquet"] as const).map((format) => [layout, format] as const),
    ),
  )("has the raw table as turnaway.yml makes it, %s %s", (layout, fileFormat) => {
    const yaml = `logs: { bucket: flow, prefix: net, layout: ${layout}, fileFormat: ${fileFormat}, fields: rich }\n`;
    const expected = glueTableInput(rawTable(deploymentOf(yaml).config));
    expect(tableOf(yaml).TableInput).toEqual(expected);
  });

  it("stands in the account and the database of the configuration, which stays", () => {
    const template = templateFor("logs: { bucket: flow }\nathena: { database: traffic }\n");
    template.hasResource("AWS::Glue::Database", {
      DeletionPolicy: "Retain",
      Properties: { CatalogId: HOME.account, DatabaseInput: { Name: "traffic" } },
    });
    template.hasResource("AWS::Glue::Table", {
      DependsOn: ["Database"],
      Properties: { CatalogId: HOME.account, DatabaseName: "traffic" },
    });
  });

  it("has every query of the catalogue, in the workgroup", () => {
    const yaml = "logs: { bucket: flow }\nathena: { workgroup: network }\n";
    const made = propertiesOf(templateFor(yaml), "AWS::Athena::NamedQuery");
    const wanted = namedQueries(deploymentOf(yaml).config);
    expect(Object.values(made).map(({ Name }) => Name)).toEqual(wanted.map(({ name }) => name));
    for (const { WorkGroup, QueryString } of Object.values(made)) {
      expect(WorkGroup).toBe("network");
      expect(Buffer.byteLength(QueryString as string)).toBeLessThanOrEqual(262_144);
    }
  });

  it("stops a query at the limit of the configuration", () => {
    templateFor("logs: { bucket: flow }\nathena: { scanLimit: 1 TB }\n").hasResourceProperties(
      "AWS::Athena::WorkGroup",
      { WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 1_000_000_000_000 } },
    );
  });

  it("writes answers into a bucket that roles know by its name", () => {
    templateFor(
      "logs: { bucket: flow }\nathena: { results: bucket, resultDays: 3 }\n",
    ).hasResourceProperties("AWS::S3::Bucket", {
      BucketName: `turnaway-results-${HOME.account}-${HOME.region}-37a8eec1`,
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 3 }] },
    });
  });

  it.each<[string, string, string[]]>([
    ["no crawler and no Lake Formation unless asked", "", []],
    [
      "a crawler with a table of its own",
      "athena: { crawler: true }\n",
      ["AWS::Glue::Crawler", "AWS::IAM::Role"],
    ],
    [
      "Lake Formation without grants where nobody has a role",
      "athena: { lakeFormation: true }\n",
      ["AWS::IAM::Role", "AWS::LakeFormation::Resource"],
    ],
  ])("has %s", (_what, athena, types) => {
    const template = templateFor(`logs: { bucket: flow }\n${athena}`);
    const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
    const found = new Set(Object.values(Resources).map(({ Type }) => Type));
    for (const always of ["Database", "Table"])
      expect(found.delete(`AWS::Glue::${always}`)).toBe(true);
    for (const always of ["WorkGroup", "NamedQuery"])
      expect(found.delete(`AWS::Athena::${always}`)).toBe(true);
    expect([...found].toSorted()).toEqual(types);
  });

  it("grants to the roles of the deployment, by name", () => {
    const template = templateFor(
      `logs: { bucket: flow }
athena: { lakeFormation: true, crawler: true }
dashboards: { principals: ["arn:aws:quicksight:eu-central-1:123456789012:group/default/net"] }
${GITHUB}`,
    );
    const made = propertiesOf(template, "AWS::LakeFormation::PrincipalPermissions");
    const granted = Object.entries(made).map(([id, { Principal }]) => [
      id.replace("GuardedLake", ""),
      (Principal as { DataLakePrincipalIdentifier: unknown }).DataLakePrincipalIdentifier,
    ]);
    const role = (name: string) => `arn:aws:iam::${HOME.account}:role/turnaway-default-${name}`;
    const crawler = { "Fn::GetAtt": [expect.stringMatching(/^PartitionCrawlerRole/), "Arn"] };
    expect(granted).toEqual([
      ["DeployDatabase", role("deploy")],
      ["DeployTables", role("deploy")],
      ["DeployLocation", role("deploy")],
      ["ReportDatabase", role("report")],
      ["ReportTables", role("report")],
      ["ReportLocation", role("report")],
      ["QuickSightDatabase", role("quicksight")],
      ["QuickSightTables", role("quicksight")],
      ["CrawlerDatabase", crawler],
      ["CrawlerTable", crawler],
      ["CrawlerLocation", crawler],
    ]);
    template.hasResourceProperties("AWS::Glue::Database", {
      DatabaseInput: { CreateTableDefaultPermissions: [] },
    });
  });

  it("is empty where logs go to CloudWatch alone", () => {
    const deployment = deploymentOf("cloudwatch: { logGroup: /flow }\n");
    const input = { deployment, env: deployment.home, store: { keyArn: null } };
    const stack = new CatalogueStack(new App(), "catalogue", input);
    expect(stack.node.findAll().filter((one) => CfnResource.isCfnResource(one))).toEqual([]);
  });
});
