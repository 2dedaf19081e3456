import type { Conversation } from "./conversation.ts";
import { isPublic, type Host } from "./network.ts";

/** One direction of a conversation as one interface logs it, before it is cut into windows. */
export interface Leg {
  readonly conversation: Conversation;
  /** The host whose interface logs it. */
  readonly host: Host;
  /** From the server to the client. */
  readonly reply: boolean;
  /** Leaving the interface. */
  readonly egress: boolean;
  readonly accepted: boolean;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Addresses in the packet itself, where a NAT gateway changes what the interface reports. */
  readonly packetSource: string;
  readonly packetDestination: string;
  readonly sourceService: string;
  readonly destinationService: string;
  /** Way out of the VPC, 1 to 8; null on the way in and where it was refused. */
  readonly trafficPath: number | null;
  readonly nextHop: Host | null;
}

/**
 * Every direction of a conversation at every interface of the VPC that sees it,
 * in the order of the packets.
 *
 * A refusal ends the way: what the server's interface refuses gets no reply, what
 * the client's interface refuses is seen nowhere else.
 */
export function legsOf(conversation: Conversation): Leg[] {
  const { client, server, nat, outcome } = conversation;
  const legs: Leg[] = [];
  if (client.host !== null) {
    legs.push(forwardLeg(conversation, client.host, outcome !== "refused-at-client"));
  }
  if (outcome === "refused-at-client") return legs;
  if (nat !== null) legs.push(...natForward(conversation, nat));
  if (server.host !== null) {
    legs.push(forwardLeg(conversation, server.host, outcome !== "refused-at-server"));
  }
  if (outcome === "refused-at-server" || conversation.reply.packets === 0) return legs;
  if (server.host !== null) {
    legs.push(replyLeg(conversation, server.host, outcome !== "reply-refused-at-server"));
  }
  if (outcome === "reply-refused-at-server") return legs;
  if (nat !== null) legs.push(...natReply(conversation, nat));
  if (client.host !== null) {
    legs.push(replyLeg(conversation, client.host, outcome !== "reply-refused-at-client"));
  }
  return legs;
}

/** The reply direction at the client's interface, refused: what a late packet looks like. */
export function lateLeg(conversation: Conversation, client: Host): Leg {
  return replyLeg(conversation, client, false);
}

function forwardLeg(conversation: Conversation, host: Host, accepted: boolean): Leg {
  const { client, server, nat } = conversation;
  const egress = host === client.host;
  return {
    conversation,
    host,
    reply: false,
    egress,
    accepted,
    source: client.address,
    destination: server.address,
    sourcePort: conversation.clientPort,
    destinationPort: conversation.serverPort,
    packetSource: client.address,
    packetDestination: server.address,
    sourceService: client.service,
    destinationService: server.service,
    trafficPath: egress && accepted ? pathTo(conversation, host) : null,
    nextHop: egress && accepted ? (server.host ?? nat?.host ?? null) : null,
  };
}

function replyLeg(conversation: Conversation, host: Host, accepted: boolean): Leg {
  const { client, server } = conversation;
  const egress = host === server.host;
  return {
    conversation,
    host,
    reply: true,
    egress,
    accepted,
    source: server.address,
    destination: client.address,
    sourcePort: conversation.serverPort,
    destinationPort: conversation.clientPort,
    packetSource: server.address,
    packetDestination: client.address,
    sourceService: server.service,
    destinationService: client.service,
    trafficPath: egress && accepted ? (client.host === null ? 8 : 1) : null,
    nextHop: egress && accepted ? client.host : null,
  };
}

type Nat = NonNullable<Conversation["nat"]>;

// AWS, "Traffic through a NAT gateway": at the gateway's interface the private side is
// logged with the gateway as destination, and only pkt-dstaddr names the internet host.
function natForward(conversation: Conversation, { host, port }: Nat): Leg[] {
  const { server } = conversation;
  const arriving = forwardLeg(conversation, host, true);
  return [
    { ...arriving, destination: host.address },
    {
      ...arriving,
      egress: true,
      source: host.address,
      sourcePort: port,
      packetSource: host.address,
      destination: server.address,
      trafficPath: 8,
    },
  ];
}

function natReply(conversation: Conversation, { host, port }: Nat): Leg[] {
  const { client, server } = conversation;
  const leaving = replyLeg(conversation, host, true);
  return [
    {
      ...leaving,
      source: server.address,
      destination: host.address,
      destinationPort: port,
      packetDestination: host.address,
    },
    {
      ...leaving,
      egress: true,
      source: host.address,
      trafficPath: 1,
      nextHop: client.host,
    },
  ];
}

function pathTo({ server, nat }: Conversation, host: Host): number {
  const staysInside = server.host !== null || nat !== null || server.address.startsWith("10.0.");
  if (staysInside) return 1;
  // A private host without a NAT gateway on the way can only have used the S3 gateway endpoint.
  return isPublic(host) ? 8 : 7;
}
