import { execFileSync } from "node:child_process";

import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { deploymentOf, propertiesOf, templateOfStack } from "../../test/template-of.ts";
import { DemoNetworkStack } from "./demo-network-stack.ts";

function demo(yaml = "logs: { bucket: example-flow-logs }"): Template {
  const deployment = deploymentOf(
    `name: production\n${yaml}\ninfrastructure: { demoNetwork: true }`,
  );
  return templateOfStack(
    (app) => new DemoNetworkStack(app, "Demo", { deployment, env: deployment.home }),
  );
}

const template = demo();

/** The script in its pieces; what is no text is filled in when the stack is made. */
function userDataOf(id: string): readonly unknown[] {
  const userData = propertiesOf(template, "AWS::EC2::Instance")[id]!["UserData"];
  const encoded = (userData as { "Fn::Base64": string | { "Fn::Join": [string, unknown[]] } })[
    "Fn::Base64"
  ];
  return typeof encoded === "string" ? [encoded] : encoded["Fn::Join"][1];
}

describe("the demo network", () => {
  it("has no way in or out", () => {
    for (const type of ["InternetGateway", "NatGateway", "EIP", "VPCEndpoint", "Route"])
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    const groups = Object.values(propertiesOf(template, "AWS::EC2::SecurityGroup"));
    const rules = groups.flatMap(({ SecurityGroupIngress = [], SecurityGroupEgress }) =>
      [SecurityGroupIngress, SecurityGroupEgress].flat(),
    ) as { CidrIp: string }[];
    expect(rules).toHaveLength(3);
    for (const { CidrIp } of rules) expect(CidrIp).toMatch(/^10\.77\.0\./);
  });

  it("refuses SSH by a security group, and lets the demo's port in", () => {
    const groups = propertiesOf(template, "AWS::EC2::SecurityGroup");
    const ports = (id: string) =>
      ((groups[id]!["SecurityGroupIngress"] ?? []) as { FromPort: number; ToPort: number }[]).map(
        ({ FromPort, ToPort }) => [FromPort, ToPort],
      );
    expect(ports("NetworkAnswererGroup")).toEqual([[8080, 8080]]);
    expect(ports("NetworkAskerGroup")).toEqual([]);
  });

  it("drops replies by an ACL that has no way out", () => {
    const entries = Object.values(propertiesOf(template, "AWS::EC2::NetworkAclEntry"));
    expect(entries).toMatchObject([
      { Egress: false, RuleAction: "allow", CidrBlock: "10.77.0.0/24" },
    ]);
    const [association] = Object.values(
      propertiesOf(template, "AWS::EC2::SubnetNetworkAclAssociation"),
    );
    const instances = propertiesOf(template, "AWS::EC2::Instance");
    expect(instances["NetworkAnswerer"]!["SubnetId"]).toEqual(association!["SubnetId"]);
    expect(instances["NetworkAsker"]!["SubnetId"]).not.toEqual(association!["SubnetId"]);
  });

  it("has two of the smallest hosts, without keys and with IMDSv2", () => {
    const instances = Object.values(propertiesOf(template, "AWS::EC2::Instance"));
    expect(instances).toHaveLength(2);
    for (const instance of instances) {
      expect(instance).toMatchObject({
        InstanceType: "t4g.nano",
        MetadataOptions: { HttpTokens: "required" },
      });
      expect(instance).not.toHaveProperty("KeyName");
      expect(instance).not.toHaveProperty("IamInstanceProfile");
    }
    const [image] = Object.values(template.findParameters("*")).map(({ Default }) => Default);
    expect(image).toMatch(/^\/aws\/service\/ami-amazon-linux-latest\/al2023.*arm64$/);
  });

  it("knocks at both ports of the host that answers", () => {
    const [start, address, end] = userDataOf("NetworkAsker");
    expect(start).toContain("for port in 22 8080; do");
    expect(address).toEqual({
      "Fn::GetAtt": [expect.stringMatching(/^NetworkAnswerer/), "PrivateIp"],
    });
    expect(end).toMatch(/^\/\$port"/);
  });

  it.each(["NetworkAsker", "NetworkAnswerer"])("starts %s by a script that is one", (id) => {
    const script = userDataOf(id)
      .map((part) => (typeof part === "string" ? part : "10.77.0.70"))
      .join("");
    expect(() => execFileSync("bash", ["-n"], { input: script })).not.toThrow();
    const [, inner] = /<<'SCRIPT'\n(.*?)\nSCRIPT\n/s.exec(script)!;
    expect(() => execFileSync("bash", ["-n"], { input: inner! })).not.toThrow();
  });
});

describe("its flow logs", () => {
  it.each([
    ["a bucket", "logs: { bucket: example-flow-logs }", ["s3"]],
    [
      "a log group that is made where flow logs are",
      "logs: { bucket: example-flow-logs }\ncloudwatch: { logGroup: /vpc/flow-logs }\nvpcs: [{ id: vpc-0a1b2c3d4e5f67890 }]",
      ["s3", "cloud-watch-logs"],
    ],
    [
      "no log group that nobody makes",
      "logs: { bucket: example-flow-logs }\ncloudwatch: { logGroup: /vpc/flow-logs }",
      ["s3"],
    ],
  ])("go where the others' go: %s", (_name, yaml, expected) => {
    const flowLogs = Object.values(propertiesOf(demo(yaml), "AWS::EC2::FlowLog"));
    expect(flowLogs.map(({ LogDestinationType }) => LogDestinationType)).toEqual(expected);
    for (const { ResourceId } of flowLogs)
      expect(ResourceId).toEqual({ "Fn::GetAtt": [expect.stringMatching(/Vpc/), "VpcId"] });
  });
});
