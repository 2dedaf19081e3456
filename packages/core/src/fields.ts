/**
 * Every field of a VPC or transit gateway flow-log record, in one list.
 *
 * The EC2 `LogFormat` string, the Glue and Athena columns, the DuckDB reader and
 * the conformed view are all made from it, so field 55 is one more line here.
 *
 * Source: Amazon VPC User Guide, "Flow log records"; AWS Transit Gateway,
 * "Flow log records".
 */
export const FLOW_LOG_FIELDS = [
  // Version 2: the default format, in this order.
  field("version", 2, "int", "highest version among the fields of the record"),
  field(
    "account-id",
    2,
    "string",
    "owner of the interface; `unknown` for some AWS-made interfaces",
  ),
  field("interface-id", 2, "string", "interface that the traffic was recorded at"),
  field("srcaddr", 2, "string", "source; the interface's primary private address on its own side"),
  field(
    "dstaddr",
    2,
    "string",
    "destination; the interface's primary private address on its own side",
  ),
  field("srcport", 2, "int", "source port; 0 where the protocol has none"),
  field("dstport", 2, "int", "destination port; 0 where the protocol has none"),
  field("protocol", 2, "int", "IANA protocol number"),
  field("packets", 2, "bigint", "packets in the window"),
  field("bytes", 2, "bigint", "bytes in the window"),
  field("start", 2, "bigint", "first packet of the window, Unix seconds"),
  field("end", 2, "bigint", "last packet of the window, Unix seconds"),
  field("action", 2, "string", "ACCEPT or REJECT"),
  field("log-status", 2, "string", "OK, NODATA (no traffic) or SKIPDATA (records lost by AWS)"),

  field("vpc-id", 3, "string", "VPC of the interface"),
  field("subnet-id", 3, "string", "subnet of the interface"),
  field("instance-id", 3, "string", "instance of the interface; `-` when a service owns it"),
  field("tcp-flags", 3, "int", "flags OR-ed over the window: FIN 1, SYN 2, RST 4, SYN-ACK 18"),
  field("type", 3, "string", "IPv4, IPv6 or EFA"),
  field("pkt-srcaddr", 3, "string", "source in the packet itself, before NAT or load balancing"),
  field("pkt-dstaddr", 3, "string", "destination in the packet itself"),

  field("region", 4, "string", "region of the interface"),
  field("az-id", 4, "string", "Availability Zone id"),
  field("sublocation-type", 4, "string", "wavelength, outpost or localzone"),
  field("sublocation-id", 4, "string", "id of the sublocation"),

  field("pkt-src-aws-service", 5, "string", "AWS service that pkt-srcaddr belongs to"),
  field("pkt-dst-aws-service", 5, "string", "AWS service that pkt-dstaddr belongs to"),
  field("flow-direction", 5, "string", "ingress or egress, as the interface sees it"),
  field("traffic-path", 5, "int", "way out of the VPC, 1 to 8; egress only"),

  field("ecs-cluster-arn", 7, "string", "ECS cluster"),
  field("ecs-cluster-name", 7, "string", "ECS cluster name"),
  field("ecs-container-instance-arn", 7, "string", "ECS container instance; `-` on Fargate"),
  field("ecs-container-instance-id", 7, "string", "ECS container instance id"),
  field("ecs-container-id", 7, "string", "first container of the task"),
  field("ecs-second-container-id", 7, "string", "second container of the task"),
  field("ecs-service-name", 7, "string", "ECS service"),
  field("ecs-task-definition-arn", 7, "string", "ECS task definition"),
  field("ecs-task-arn", 7, "string", "ECS task"),
  field("ecs-task-id", 7, "string", "ECS task id"),

  field("reject-reason", 8, "string", "BPA (block public access) or EC (encryption controls)"),
  field("resource-id", 9, "string", "regional NAT gateway"),
  field("encryption-status", 10, "int", "0 none, 1 Nitro, 2 application, 3 both"),

  field("instance-tag", 11, "string", "value of the first chosen instance tag, percent-encoded"),
  field("instance-tag-2", 11, "string", "value of the second chosen instance tag"),
  field("interface-tag", 11, "string", "value of the first chosen interface tag"),
  field("interface-tag-2", 11, "string", "value of the second chosen interface tag"),
  field("asg-tag", 11, "string", "value of the first chosen Auto Scaling group tag"),
  field("asg-tag-2", 11, "string", "value of the second chosen Auto Scaling group tag"),
  field("interface-type", 11, "string", "nat_gateway, network_load_balancer, vpc_endpoint, …"),
  field("next-hop-interface-id", 11, "string", "interface that the traffic goes to next"),
  field("next-hop-subnet-id", 11, "string", "subnet of the next hop"),
  field("next-hop-az-id", 11, "string", "Availability Zone of the next hop"),
  field("next-hop-vpc-id", 11, "string", "VPC of the next hop"),
  field("next-hop-interface-type", 11, "string", "kind of interface of the next hop"),

  // Version 6: transit gateway records only. They have no action.
  field("resource-type", 6, "string", "TransitGateway or TransitGatewayAttachment"),
  field("tgw-id", 6, "string", "transit gateway"),
  field("tgw-attachment-id", 6, "string", "attachment that the traffic was recorded at"),
  field("tgw-src-vpc-account-id", 6, "string", "account of the source VPC"),
  field("tgw-dst-vpc-account-id", 6, "string", "account of the destination VPC"),
  field("tgw-src-vpc-id", 6, "string", "source VPC"),
  field("tgw-dst-vpc-id", 6, "string", "destination VPC"),
  field("tgw-src-subnet-id", 6, "string", "source subnet"),
  field("tgw-dst-subnet-id", 6, "string", "destination subnet"),
  field("tgw-src-eni", 6, "string", "source attachment interface"),
  field("tgw-dst-eni", 6, "string", "destination attachment interface"),
  field("tgw-src-az-id", 6, "string", "source Availability Zone"),
  field("tgw-dst-az-id", 6, "string", "destination Availability Zone"),
  field("tgw-pair-attachment-id", 6, "string", "attachment on the other side"),
  field("packets-lost-no-route", 6, "bigint", "packets lost: no route"),
  field("packets-lost-blackhole", 6, "bigint", "packets lost: blackhole route"),
  field("packets-lost-mtu-exceeded", 6, "bigint", "packets lost: larger than the MTU"),
  field("packets-lost-ttl-expired", 6, "bigint", "packets lost: time to live expired"),
] as const satisfies readonly FlowLogField[];

/** One field of the record: its name as in `LogFormat`, and what a reader must know of it. */
export interface FlowLogField {
  /** Name as in the EC2 `LogFormat`, with hyphens. */
  readonly name: string;
  /** Name as a column, with underscores. */
  readonly column: string;
  /** Record version that introduced the field. 6 is the transit gateway's own. */
  readonly version: number;
  /**
   * `int` and `bigint` are INT_32 and INT_64 in Parquet; a `-` in text is NULL.
   * `string` keeps a `-` as logged; the conformed view turns it into NULL.
   */
  readonly type: "int" | "bigint" | "string";
  /** What it means, in one line. */
  readonly means: string;
}

export type FieldName = (typeof FLOW_LOG_FIELDS)[number]["name"];

/** Fields of version 2 in their documented order: the format of a file that has no header. */
export const DEFAULT_FIELDS = FLOW_LOG_FIELDS.filter((f) => f.version === 2).map(
  (f) => f.name,
) as readonly FieldName[];

const byName = new Map<string, FlowLogField>(
  FLOW_LOG_FIELDS.flatMap((f): [string, FlowLogField][] => [
    [f.name, f],
    [f.column, f],
  ]),
);

/** The field of that name, hyphenated or as a column; undefined when AWS has none such. */
export function findField(name: string): FlowLogField | undefined {
  return byName.get(name.toLowerCase());
}

function field<const N extends string>(
  name: N,
  version: number,
  type: FlowLogField["type"],
  means: string,
) {
  return { name, column: name.replaceAll("-", "_"), version, type, means };
}
