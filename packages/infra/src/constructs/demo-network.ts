import { Fn, Validations } from "aws-cdk-lib";
import {
  AmazonLinuxCpuType,
  CfnInstance,
  CfnNetworkAcl,
  CfnNetworkAclEntry,
  CfnSecurityGroup,
  CfnSubnet,
  CfnSubnetNetworkAclAssociation,
  CfnVPC,
  MachineImage,
} from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";

import { answeringUserData, askingUserData, DEMO_PORT } from "./demo-user-data.ts";

export interface DemoNetworkProps {
  /** Name of the deployment. */
  readonly name: string;
}

/**
 * Two hosts without a way in or out, of which one is refused twice a minute and more:
 *
 * - SSH, by the security group of the other: `internal-denied`, and the alarm on SSH;
 * - its answer on another port, by a network ACL that lets questions in and no reply out:
 *   `reply-rejected`.
 *
 * Cost: two t4g.nano and two volumes of 8 GB, some 8 dollars a month in us-east-1 (list prices
 * of 2026: 0.0042 an hour, 0.08 a GB), and less than a cent of logs. To remove it, write
 * `demoNetwork: false` and deploy; nothing of it holds data.
 */
export class DemoNetwork extends Construct {
  readonly vpcId: string;

  constructor(scope: Construct, id: string, { name }: DemoNetworkProps) {
    super(scope, id);
    const tag = (what: string) => [{ key: "Name", value: `turnaway-${name}-demo-${what}` }];
    const vpc = new CfnVPC(this, "Vpc", { cidrBlock: NETWORK, tags: tag("vpc") });
    this.vpcId = vpc.attrVpcId;
    const asking = this.#addSubnet("AskingSubnet", ASKING_SUBNET, tag("asking"));
    const answering = this.#addSubnet("AnsweringSubnet", ANSWERING_SUBNET, tag("answering"));
    this.#dropReplies(answering);
    const answerer = this.#addHost("Answerer", {
      subnet: answering,
      userData: answeringUserData(),
      ingress: [{ ...WEB, cidrIp: ASKING_SUBNET, description: "The demo's own port" }],
      tags: tag("answerer"),
    });
    this.#addHost("Asker", {
      subnet: asking,
      userData: askingUserData(answerer.attrPrivateIp),
      ingress: [],
      tags: tag("asker"),
    });
  }

  #addSubnet(id: string, cidrBlock: string, tags: Tag[]): CfnSubnet {
    const { vpcId } = this;
    return new CfnSubnet(this, id, {
      vpcId,
      cidrBlock,
      availabilityZone: Fn.select(0, Fn.getAzs()),
      mapPublicIpOnLaunch: false,
      tags,
    });
  }

  // An ACL lets out what an entry allows, and there is none: a reply is a packet like any other.
  #dropReplies(subnet: CfnSubnet): void {
    const acl = new CfnNetworkAcl(this, "WithoutReplies", { vpcId: this.vpcId });
    const entry = new CfnNetworkAclEntry(this, "LetQuestionsIn", {
      networkAclId: acl.attrId,
      ruleNumber: 100,
      ruleAction: "allow",
      egress: false,
      protocol: -1,
      cidrBlock: NETWORK,
    });
    new CfnSubnetNetworkAclAssociation(this, "AclOfAnsweringSubnet", {
      subnetId: subnet.attrSubnetId,
      networkAclId: acl.attrId,
    });
    const reason = "the ACL that drops replies is what the demo network is for";
    for (const one of [acl, entry])
      Validations.of(one).acknowledge({ id: "AwsSolutions-VPC3", reason });
  }

  #addHost(id: string, { subnet, userData, ingress, tags }: Host): CfnInstance {
    const group = new CfnSecurityGroup(this, `${id}Group`, {
      vpcId: this.vpcId,
      groupDescription: `Demo network: ${id.toLowerCase()}`,
      securityGroupIngress: ingress,
      securityGroupEgress: [
        { ipProtocol: "-1", cidrIp: NETWORK, description: "Nothing but the demo network" },
      ],
      tags,
    });
    const image = MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 });
    const instance = new CfnInstance(this, id, {
      imageId: image.getImage(this).imageId,
      instanceType: "t4g.nano",
      subnetId: subnet.attrSubnetId,
      securityGroupIds: [group.attrGroupId],
      userData: Fn.base64(userData),
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: true, volumeType: "gp3", volumeSize: 8 } },
      ],
      tags,
    });
    Validations.of(instance).acknowledge(
      { id: "AwsSolutions-EC28", reason: "nobody watches how busy a host of the demo is" },
      { id: "AwsSolutions-EC29", reason: "the demo holds nothing, and has to go when it is off" },
    );
    return instance;
  }
}

const NETWORK = "10.77.0.0/24";
const ASKING_SUBNET = "10.77.0.0/26";
const ANSWERING_SUBNET = "10.77.0.64/26";

const WEB = { ipProtocol: "tcp", fromPort: DEMO_PORT, toPort: DEMO_PORT };

type Tag = { key: string; value: string };

interface Host {
  readonly subnet: CfnSubnet;
  readonly userData: string;
  readonly ingress: CfnSecurityGroup.IngressProperty[];
  readonly tags: Tag[];
}
