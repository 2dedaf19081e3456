import { readFileSync } from "node:fs";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { decide, type PolicyDocument, type Request } from "../../test/iam-policy.ts";
import { planDeployment } from "../deployment.ts";
import { FEATURE_FLAGS } from "../feature-flags.ts";
import { githubSubjects } from "../github-subject.ts";
import { AccessStack } from "./access-stack.ts";

const ACCOUNT = "123456789012";
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const BASE = `
name: production
accounts: ["${ACCOUNT}"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
`;
const GITHUB = `
infrastructure:
  github: { repository: example/network, ownerId: 583231, repositoryId: 1296269, sessionMinutes: 90 }
`;
const LOGS = "logs: { bucket: example-flow-logs, prefix: network }\n";
const PRINCIPALS = `
dashboards: { principals: ["arn:aws:quicksight:eu-central-1:${ACCOUNT}:group/default/platform"] }
`;
const RICHER = `
${BASE}${GITHUB}
logs: { bucket: example-flow-logs, encryption: kms }
cloudwatch: { logGroup: /vpc/flow-logs }
athena: { database: flows_db, workgroup: flows, results: bucket, warehouse: "s3://lake/turnaway/", lakeFormation: true }
alerts: { topic: "arn:aws:sns:eu-central-1:${ACCOUNT}:network" }
${PRINCIPALS}`;

interface Role {
  readonly RoleName: string;
  readonly MaxSessionDuration?: number;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies: readonly { readonly PolicyDocument: PolicyDocument }[];
}

function synthesise(yaml: string, keyArn: string | null = null): Template {
  const deployment = planDeployment(parseDeployableConfig(yaml, "turnaway.yml").config);
  const app = new App({ context: FEATURE_FLAGS });
  const store = { keyArn };
  return Template.fromStack(
    new AccessStack(app, "Access", { deployment, env: deployment.home, store }),
  );
}

function rolesOf(template: Template): ReadonlyMap<string, Role> {
  const found = Object.values(template.findResources("AWS::IAM::Role"));
  return new Map(found.map(({ Properties }) => [Properties.RoleName, Properties as Role]));
}

function permissionsOf(role: Role): PolicyDocument {
  return role.Policies[0]!.PolicyDocument;
}

const LOG = "arn:aws:s3:::example-flow-logs/network/AWSLogs/123456789012/vpcflowlogs/x.log.gz";
const GATEWAY_LOG = "arn:aws:s3:::example-flow-logs/network/transit-gateways/AWSLogs/1/x.log.gz";
const ROLLUP_FILE = "arn:aws:s3:::example-flow-logs/turnaway/traffic_rollup_rows/data/1.parquet";
const glue = (rest: string) => `arn:aws:glue:eu-central-1:${ACCOUNT}:${rest}`;
const stack = (name: string) => `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/${name}/1a2b`;
const WORKGROUP = `arn:aws:athena:eu-central-1:${ACCOUNT}:workgroup/turnaway`;
const viaS3 = { "kms:viaservice": "s3.eu-central-1.amazonaws.com" };

type Decision = ReturnType<typeof decide>;
type Row = readonly [action: string, resource: string, Decision, Request["context"]?];

/** Rows that are decided otherwise. */
function wrong(policy: PolicyDocument, rows: readonly Row[]): readonly string[] {
  return rows.flatMap(([action, resource, expected, context = {}]) => {
    const decision = decide(policy, { action, resource, context });
    return decision === expected ? [] : [`${action} on ${resource} is ${decision}`];
  });
}

const BOTH: readonly Row[] = [
  ["s3:GetObject", LOG, "allowed"],
  ["s3:GetObject", GATEWAY_LOG, "allowed"],
  ["s3:ListBucket", "arn:aws:s3:::example-flow-logs", "allowed"],
  ["s3:GetObject", "arn:aws:s3:::example-flow-logs/network/secret.txt", "implicit"],
  ["s3:GetObject", "arn:aws:s3:::other/network/AWSLogs/x.log.gz", "implicit"],
  ["s3:PutObject", LOG, "denied"],
  ["s3:DeleteObject", LOG, "denied"],
  ["s3:DeleteObjectVersion", GATEWAY_LOG, "denied"],
  ["s3:BypassGovernanceRetention", LOG, "denied"],
  ["s3:PutBucketPolicy", "arn:aws:s3:::example-flow-logs", "implicit"],
  ["s3:PutLifecycleConfiguration", "arn:aws:s3:::example-flow-logs", "implicit"],
  ["s3:PutObject", ROLLUP_FILE, "allowed"],
  ["s3:DeleteObject", ROLLUP_FILE, "allowed"],
  ["s3:PutObject", "arn:aws:s3:::example-flow-logs/else.txt", "implicit"],
  ["athena:StartQueryExecution", WORKGROUP, "allowed"],
  ["athena:StopQueryExecution", WORKGROUP, "allowed"],
  ["athena:GetWorkGroup", WORKGROUP, "allowed"],
  ["athena:UpdateWorkGroup", WORKGROUP, "implicit"],
  ["athena:StartQueryExecution", WORKGROUP.replace("/turnaway", "/primary"), "implicit"],
  ["glue:GetTable", glue("table/turnaway/flow_logs"), "allowed"],
  ["glue:GetTable", glue("table/payroll/salaries"), "implicit"],
  ["glue:GetDatabase", glue("database/default"), "allowed"],
  ["glue:CreateTable", glue("catalog"), "allowed"],
  ["glue:CreateTable", glue("database/turnaway"), "allowed"],
  ["glue:CreateTable", glue("table/turnaway/rollup_work_20261119t03_flow_tuples"), "allowed"],
  ["glue:UpdateTable", glue("table/turnaway/rollup_builds"), "allowed"],
  ["glue:UpdateTable", glue("table/turnaway/traffic_rollup_rows"), "allowed"],
  ["glue:DeleteTable", glue("table/turnaway/flow_logs"), "implicit"],
  ["glue:UpdateTable", glue("table/turnaway/flow_logs"), "implicit"],
  ["glue:DeleteDatabase", glue("database/turnaway"), "implicit"],
  ["cloudformation:DescribeStacks", stack("turnaway-production-catalogue"), "allowed"],
  ["cloudformation:DescribeStacks", stack("turnaway-production-eu-catalogue"), "implicit"],
  ["cloudformation:GetTemplate", stack("turnaway-production-catalogue"), "allowed"],
  ["cloudformation:GetTemplate", stack("somebody-elses"), "implicit"],
  ["cloudformation:DeleteStack", stack("turnaway-production-catalogue"), "implicit"],
  ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`, "implicit"],
  ["iam:CreateRole", `arn:aws:iam::${ACCOUNT}:role/turnaway-production-report`, "implicit"],
  ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/admin`, "implicit"],
  ["kms:Decrypt", KEY, "implicit", viaS3],
  ["logs:StartQuery", `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/any:*`, "implicit"],
  ["sns:Publish", `arn:aws:sns:eu-central-1:${ACCOUNT}:network`, "implicit"],
];

const BOOTSTRAP = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-deploy-role-${ACCOUNT}-eu-central-1`;
const VIEW = glue("table/turnaway/flow_records");

const OF_ONE: Readonly<Record<string, readonly Row[]>> = {
  "turnaway-production-report": [
    ["sts:AssumeRole", BOOTSTRAP, "implicit"],
    ["cloudformation:DetectStackDrift", stack("turnaway-production-logs"), "implicit"],
    ["glue:UpdateTable", VIEW, "implicit"],
    ["glue:DeleteTable", glue("table/turnaway/traffic_rollup"), "implicit"],
  ],
  "turnaway-production-deploy": [
    ["sts:AssumeRole", BOOTSTRAP, "allowed"],
    ["sts:AssumeRole", BOOTSTRAP.replaceAll("eu-central-1", "us-east-1"), "implicit"],
    ["sts:AssumeRole", BOOTSTRAP.replaceAll(ACCOUNT, "999999999999"), "implicit"],
    ["cloudformation:DetectStackDrift", stack("turnaway-production-logs"), "allowed"],
    ["cloudformation:DetectStackDrift", stack("somebody-elses"), "implicit"],
    ["cloudformation:CreateStack", stack("turnaway-production-logs"), "implicit"],
    ["glue:UpdateTable", VIEW, "allowed"],
    ["glue:CreateTable", glue("table/turnaway/traffic_rollup"), "allowed"],
  ],
};

describe("the roles of workflows", () => {
  const roles = rolesOf(synthesise(BASE + GITHUB + LOGS));

  it.each(Object.entries(OF_ONE))("%s may do its work and nothing beside it", (name, rows) => {
    expect(wrong(permissionsOf(roles.get(name)!), [...BOTH, ...rows])).toEqual([]);
  });

  it("have what the rest of the configuration asks for", () => {
    const richer = rolesOf(synthesise(RICHER, KEY));
    const found = permissionsOf(richer.get("turnaway-production-report")!).Statement;
    const results = found.find(({ Sid }) => Sid === "FindAnswers")!.Resource as string;
    expect(results).toMatch(
      /^arn:aws:s3:::turnaway-results-123456789012-eu-central-1-[0-9a-f]{8}$/,
    );
    const rows: readonly Row[] = [
      ["kms:Decrypt", KEY, "allowed", viaS3],
      ["kms:GenerateDataKey", KEY, "allowed", viaS3],
      ["kms:Decrypt", KEY, "implicit", { "kms:viaservice": "sqs.eu-central-1.amazonaws.com" }],
      ["kms:ScheduleKeyDeletion", KEY, "implicit", viaS3],
      [
        "logs:StartQuery",
        `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/vpc/flow-logs:*`,
        "allowed",
      ],
      ["logs:StartQuery", `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/other:*`, "implicit"],
      ["logs:GetQueryResults", "*", "allowed"],
      [
        "logs:DeleteLogGroup",
        `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/vpc/flow-logs`,
        "implicit",
      ],
      ["sns:Publish", `arn:aws:sns:eu-central-1:${ACCOUNT}:network`, "allowed"],
      ["sns:Publish", `arn:aws:sns:eu-central-1:${ACCOUNT}:other`, "implicit"],
      ["lakeformation:GetDataAccess", "*", "allowed"],
      ["s3:PutObject", `${results}/0a1b.csv`, "allowed"],
      ["s3:PutObject", "arn:aws:s3:::lake/turnaway/a", "allowed"],
      ["s3:PutObject", "arn:aws:s3:::lake/else", "implicit"],
      ["s3:ListBucket", "arn:aws:s3:::lake", "allowed", { "s3:prefix": "turnaway/x" }],
      ["s3:ListBucket", "arn:aws:s3:::lake", "implicit", { "s3:prefix": "else/" }],
      ["s3:PutObject", "arn:aws:s3:::example-flow-logs/turnaway/a", "implicit"],
      ["athena:StartQueryExecution", WORKGROUP.replace("/turnaway", "/flows"), "allowed"],
      ["glue:GetTable", glue("table/flows_db/flow_logs"), "allowed"],
    ];
    expect(wrong(permissionsOf(richer.get("turnaway-production-report")!), rows)).toEqual([]);
  });

  it.each(Object.keys(OF_ONE))("%s names every action, and none of IAM", (name) => {
    for (const { Effect, Action } of permissionsOf(roles.get(name)!).Statement) {
      for (const action of [Action].flat()) {
        expect(action).not.toContain("*");
        if (Effect === "Allow") expect(action).not.toMatch(/^iam:/);
      }
    }
  });

  describe("where anybody sees dashboards", () => {
    const seen = rolesOf(synthesise(RICHER, KEY));
    const quicksight = (rest: string) => `arn:aws:quicksight:eu-central-1:${ACCOUNT}:${rest}`;
    const ours = quicksight("dashboard/turnaway-production-rejects");
    const reader = `arn:aws:iam::${ACCOUNT}:role/turnaway-production-quicksight`;
    const toQuickSight = { "iam:passedtoservice": "quicksight.amazonaws.com" };
    const look: readonly Row[] = [
      ["quicksight:ListDashboards", "*", "allowed"],
      ["quicksight:DescribeDashboard", ours, "allowed"],
      ["quicksight:DescribeAnalysis", quicksight("analysis/turnaway-production-a"), "allowed"],
      ["quicksight:DescribeDataSource", quicksight("datasource/turnaway-production"), "allowed"],
      ["quicksight:ListTagsForResource", quicksight("dataset/turnaway-production-a"), "allowed"],
      [
        "quicksight:DescribeIngestion",
        quicksight("dataset/turnaway-production-a/ingestion/b"),
        "allowed",
      ],
      ["quicksight:DescribeGroup", quicksight("group/default/platform"), "allowed"],
      ["quicksight:DescribeUser", quicksight("user/default/somebody-else"), "implicit"],
      ["quicksight:DescribeDashboard", quicksight("dashboard/payroll"), "implicit"],
      ["quicksight:UpdateDashboard", quicksight("dashboard/payroll"), "implicit"],
      ["quicksight:UpdateDataSource", quicksight("datasource/payroll"), "implicit"],
      ["quicksight:RegisterUser", "*", "implicit"],
      ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`, "implicit", toQuickSight],
    ];
    const changes = [
      ["quicksight:CreateDashboard", ours],
      ["quicksight:UpdateDashboardPublishedVersion", ours],
      ["quicksight:UpdateDashboardPermissions", ours],
      ["quicksight:DeleteAnalysis", quicksight("analysis/turnaway-production-rejects")],
      ["quicksight:PassDataSet", quicksight("dataset/turnaway-production-rejects")],
      ["quicksight:CreateIngestion", quicksight("dataset/turnaway-production-a/ingestion/b")],
      ["quicksight:TagResource", quicksight("datasource/turnaway-production")],
    ] as const;

    it.each([
      ["turnaway-production-report", "implicit"],
      ["turnaway-production-deploy", "allowed"],
    ] as const)("%s looks at those of the deployment, and a change is %s", (name, decision) => {
      const rows: readonly Row[] = [
        ...look,
        ...changes.map(([action, resource]): Row => [action, resource, decision]),
        ["iam:GetRole", reader, decision],
        ["iam:PassRole", reader, decision, toQuickSight],
        ["iam:PassRole", reader, "implicit", { "iam:passedtoservice": "ec2.amazonaws.com" }],
      ];
      expect(wrong(permissionsOf(seen.get(name)!), rows)).toEqual([]);
    });

    it("the role that deploys may make every call of the life-cycle", () => {
      const api = path.join(import.meta.dirname, "../../../quicksight/src/api/quicksight-api.ts");
      const calls = [...readFileSync(api, "utf8").matchAll(/\| "([a-z]+[A-Z]\w+)"/g)];
      const actions = calls.map(([, call]) => `${call![0]!.toUpperCase()}${call!.slice(1)}`);
      expect(actions).toContain("CreateDashboard");
      const { Statement } = permissionsOf(seen.get("turnaway-production-deploy")!);
      const granted = Statement.flatMap(({ Action }) => Action);
      const needed = actions.map((action) => `quicksight:${action}`);
      const isGranted = (action: string): boolean =>
        granted.some((one) => path.matchesGlob(action, one));
      expect(needed.filter((action) => !isGranted(action))).toEqual([]);
    });

    it("a deployment without them says nothing of QuickSight", () => {
      for (const role of roles.values())
        expect(JSON.stringify(permissionsOf(role))).not.toContain("quicksight:");
    });
  });

  it.each([
    ["one place", BASE + GITHUB + LOGS],
    ["everything", RICHER],
    ["forty places", `name: ${"n".repeat(40)}\n${manyPlaces(40)}${LOGS}`],
  ])("stay within the 10,240 characters of inline policies, %s", (_name, yaml) => {
    for (const role of rolesOf(synthesise(yaml)).values()) {
      const length = JSON.stringify(permissionsOf(role)).replaceAll(/\s/g, "").length;
      expect(length, role.RoleName).toBeLessThanOrEqual(10_240);
    }
  });
});

describe("who may take a role", () => {
  const template = synthesise(BASE + GITHUB + LOGS);
  const roles = rolesOf(template);
  const issuer = "token.actions.githubusercontent.com";
  const token = (sub: string, aud = "sts.amazonaws.com") => ({
    [`${issuer}:aud`]: aud,
    [`${issuer}:sub`]: sub,
  });
  const OWN = "repo:example@583231/network@1296269:environment:";

  it.each([
    ["turnaway-production-deploy", token(`${OWN}production`), "allowed"],
    ["turnaway-production-report", token(`${OWN}report`), "allowed"],
    ["turnaway-production-deploy", token(`${OWN}report`), "implicit"],
    ["turnaway-production-report", token(`${OWN}production`), "implicit"],
    ["turnaway-production-report", token(`${OWN}report`, "https://github.com/example"), "implicit"],
    ["turnaway-production-report", token("repo:example/network:environment:report"), "implicit"],
    ["turnaway-production-report", token(`${OWN.replace("583231", "1")}report`), "implicit"],
    ["turnaway-production-report", token(`${OWN.replace("1296269", "1")}report`), "implicit"],
    ["turnaway-production-report", token(`${OWN}report:x`), "implicit"],
    ["turnaway-production-report", token(OWN.replace("environment:", "pull_request")), "implicit"],
    [
      "turnaway-production-report",
      token(OWN.replace("environment:", "ref:refs/heads/main")),
      "implicit",
    ],
    ["turnaway-production-report", { [`${issuer}:aud`]: "sts.amazonaws.com" }, "implicit"],
  ])("%s by %j: %s", (name, context, expected) => {
    const trust = roles.get(name)!.AssumeRolePolicyDocument;
    const lower = Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]),
    );
    expect(decide(trust, { action: "sts:AssumeRoleWithWebIdentity", context: lower })).toBe(
      expected,
    );
  });

  it("is compared as a whole, for the minutes that are configured", () => {
    for (const role of roles.values()) {
      expect(role.MaxSessionDuration).toBe(90 * 60);
      for (const { Condition } of role.AssumeRolePolicyDocument.Statement)
        expect(Object.keys(Condition!)).toEqual(["StringEquals"]);
      expect(JSON.stringify(role.AssumeRolePolicyDocument)).not.toContain("*");
    }
  });

  it("is what the deploy command prints", () => {
    const { config } = parseDeployableConfig(BASE + GITHUB + LOGS, "turnaway.yml");
    expect(githubSubjects(planDeployment(config))).toEqual({
      "turnaway-production-deploy": `${OWN}production`,
      "turnaway-production-report": `${OWN}report`,
    });
  });

  it("is QuickSight of the own account, and QuickSight writes no rollup", () => {
    const role = rolesOf(synthesise(RICHER, KEY)).get("turnaway-production-quicksight")!;
    const take = (account: string) =>
      decide(role.AssumeRolePolicyDocument, {
        action: "sts:AssumeRole",
        context: { "aws:sourceaccount": account },
      });
    expect([take(ACCOUNT), take("999999999999")]).toEqual(["allowed", "implicit"]);
    const rows: readonly Row[] = [
      ["athena:StartQueryExecution", WORKGROUP.replace("/turnaway", "/flows"), "allowed"],
      ["glue:GetTable", glue("table/flows_db/traffic_days"), "allowed"],
      ["s3:GetObject", "arn:aws:s3:::lake/turnaway/traffic_days_rows/data/1.parquet", "allowed"],
      ["kms:Decrypt", KEY, "allowed", viaS3],
      ["kms:GenerateDataKey", KEY, "implicit", viaS3],
      ["s3:PutObject", "arn:aws:s3:::lake/turnaway/a", "implicit"],
      ["glue:UpdateTable", glue("table/flows_db/rollup_builds"), "implicit"],
      ["cloudformation:DescribeStacks", stack("turnaway-production-logs"), "implicit"],
    ];
    expect(wrong(permissionsOf(role), rows)).toEqual([]);
  });
});

describe("the provider of GitHub's tokens", () => {
  it("is made, and stays when the stack goes", () => {
    const template = synthesise(BASE + GITHUB + LOGS);
    const [provider] = Object.values(template.findResources("AWS::IAM::OIDCProvider"));
    expect(provider).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: {
        Url: "https://token.actions.githubusercontent.com",
        ClientIdList: ["sts.amazonaws.com"],
      },
    });
  });

  it("is left alone where the account has one", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    const existing = GITHUB.replace("sessionMinutes: 90", `provider: "${arn}"`);
    const template = synthesise(BASE + existing + LOGS);
    template.resourceCountIs("AWS::IAM::OIDCProvider", 0);
    for (const role of rolesOf(template).values())
      expect(role.AssumeRolePolicyDocument.Statement[0]!.Principal).toEqual({ Federated: arn });
  });

  it("is not there, and no role of a workflow either, without a repository", () => {
    const template = synthesise(BASE + LOGS + PRINCIPALS);
    template.resourceCountIs("AWS::IAM::OIDCProvider", 0);
    expect([...rolesOf(template).keys()]).toEqual(["turnaway-production-quicksight"]);
  });
});

function manyPlaces(count: number): string {
  const accounts = Array.from({ length: count }, (_, i) => String(100_000_000_000 + i));
  return `
accounts: [${accounts.map((account) => `"${account}"`).join(", ")}]
regions: [eu-central-1]
vpcs:
${accounts.map((account) => `  - { id: vpc-00000${account}, account: "${account}", region: eu-central-1 }`).join("\n")}
infrastructure:
  account: "${ACCOUNT}"
  github: { repository: example/network, ownerId: 583231, repositoryId: 1296269 }
`;
}
