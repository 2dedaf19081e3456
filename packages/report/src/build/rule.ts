import type { Sighting } from "./sightings.ts";

/**
 * Which kind of rule can have said no, from the end that refused and the phase.
 *
 * AWS never logs the rule. A security group never refuses a reply, so the table
 * of DESIGN's flow model leaves one or two kinds; see docs/adr/0003.
 */
export function refusingRule({ detection, refused_at: end }: Sighting): string | null {
  if (detection === "block-public-access") return "VPC Block Public Access";
  if (detection === "encryption-control") return "VPC encryption controls";
  const table = detection === "reply-rejected" ? ON_THE_WAY_BACK : ON_THE_WAY_THERE;
  return end === null || end === "both" ? null : table[end];
}

const ON_THE_WAY_THERE = {
  client: "egress of the client's security group, or outbound of its subnet's network ACL",
  server: "ingress of the server's security group, or inbound of its subnet's network ACL",
} as const;

const ON_THE_WAY_BACK = {
  client: "inbound of the client's subnet's network ACL",
  server: "outbound of the server's subnet's network ACL",
} as const;
