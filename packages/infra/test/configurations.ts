/** Configurations that every gate is run on: one of each kind that people deploy. */
export const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ...layouts(),
  smallest: `
accounts: ["123456789012"]
regions: [eu-central-1]
logs: { bucket: example-flow-logs }
`,
  "cloudwatch alone": `
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
cloudwatch: { logGroup: /vpc/flow-logs, retention: 90, encryption: kms }
alerts: { emails: [net@example.com], rdpRejects: 5, adminRejects: 20, allRejects: 1000, rejectBand: true }
`,
  "s3 and cloudwatch": `
${base()}
cloudwatch: { logGroup: /vpc/flow-logs }
alerts: { emails: [net@example.com], urls: ["https://hooks.example.com/alarm"] }
budget: { monthlyUsd: 50 }
`,
  "existing log group": `
${base()}
cloudwatch: { logGroup: /vpc/flow-logs, createLogGroup: false }
`,
  "many accounts and regions": `
accounts: ["111111111111", "222222222222", "333333333333", "012345678901"]
regions: [eu-central-1, us-east-1]
vpcs:
  - { id: vpc-0a1b2c3d4e5f67890, account: "111111111111", region: eu-central-1, name: shop }
  - { id: vpc-1a1b2c3d4e5f67890, account: "111111111111", region: us-east-1 }
  - { id: vpc-2a1b2c3d4e5f67890, account: "222222222222", region: us-east-1 }
  - { id: vpc-3a1b2c3d4e5f67890, account: "012345678901", region: eu-central-1 }
logs: { bucket: central-flow-logs, layout: hive-hourly, fileFormat: parquet, fields: rich, encryption: kms }
cloudwatch: { logGroup: /vpc/flow-logs }
infrastructure: { account: "999999999999", region: eu-central-1 }
`,
  "subnets, interfaces, transit gateways": `
${base()}
subnets: [{ id: subnet-0a1b2c3d4e5f67890, name: web }]
interfaces: [{ id: eni-0a1b2c3d4e5f67890 }]
transitGateways: [{ id: tgw-0a1b2c3d4e5f67890 }]
`,
  "existing bucket": `
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
logs: { bucket: existing-flow-logs, createBucket: false, prefix: network/flow }
`,
  "existing key": `
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
logs:
  bucket: example-flow-logs
  encryption: kms
  kmsKey: arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
`,
  "write once, getting colder": `
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
logs:
  bucket: example-flow-logs
  retention: 2555
  infrequentAccessDays: 60
  glacierDays: 180
  glacierClass: deep
  objectLock: { mode: compliance, days: 400 }
  accessLogs: central-access-logs
`,
  "tags of the newest format": `
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]
logs:
  bucket: example-flow-logs
  fields: rich
  tags: { instance: [team, stage], interface: [team], autoScalingGroup: [service] }
  aggregation: 60
  trafficType: reject
`,
  "results in a bucket, crawler, Lake Formation": `
${base()}
athena: { results: bucket, resultDays: 30, crawler: true, lakeFormation: true, scanLimit: 1 TB }
${github()}
`,
  "roles for a repository": `
${base()}
${github()}
`,
  "existing provider": `
${base()}
${github("provider: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com")}
`,
  quicksight: `
${base()}
dashboards: { principals: ["arn:aws:quicksight:eu-central-1:123456789012:group/default/platform"] }
${github()}
`,
  "demo network": `
accounts: ["123456789012"]
regions: [eu-central-1]
logs: { bucket: example-flow-logs }
infrastructure: { demoNetwork: true }
`,
  everything: `
name: everything
${base("encryption: kms, fileFormat: parquet, fields: rich, layout: hive")}
cloudwatch: { logGroup: /vpc/flow-logs, encryption: kms }
athena: { results: bucket, crawler: true, lakeFormation: true }
alerts:
  emails: [net@example.com]
  urls: ["https://hooks.example.com/alarm"]
  topic: arn:aws:sns:eu-central-1:123456789012:network
  rdpRejects: 5
  adminRejects: 20
  allRejects: 1000
  rejectBand: true
budget: { monthlyUsd: 50 }
dashboards: { principals: ["arn:aws:quicksight:eu-central-1:123456789012:group/default/platform"] }
infrastructure:
  demoNetwork: true
  github: { repository: example/turnaway, ownerId: 1234567, repositoryId: 7654321 }
`,
};

function base(logs = "layout: default"): string {
  return `accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: vpc-0a1b2c3d4e5f67890, name: shop }]
logs: { bucket: example-flow-logs, ${logs} }`;
}

function github(more = ""): string {
  return `infrastructure:
  github:
    repository: example/turnaway
    ownerId: 1234567
    repositoryId: 7654321
    ${more}`;
}

/** Every layout in both file formats. */
function layouts(): Record<string, string> {
  return Object.fromEntries(
    (["default", "hourly", "hive", "hive-hourly"] as const).flatMap((layout) =>
      (["text", "parquet"] as const).map((format) => [
        `${layout}, ${format}`,
        base(`layout: ${layout}, fileFormat: ${format}, fields: rich`),
      ]),
    ),
  );
}
