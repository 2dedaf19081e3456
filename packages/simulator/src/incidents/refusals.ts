import { endOf, outside } from "../network.ts";
import { SERVICES, tcp } from "../services.ts";
import { usualUntil, type Planner, type Planted, type Scene } from "./scene.ts";

/** A rule of the server's security group is lost: what worked until then is refused. */
export const brokenSecurityGroup: Planner = (scene) => {
  const usual = scene.link(SERVICES.postgres);
  const moment = scene.moment(1);
  if (moment === undefined) return [];
  const { at, end } = moment;
  const { client, server, service } = usual;
  const broken = scene.add({
    client,
    server,
    service,
    perDay: 480,
    from: at,
    outcome: "refused-at-server",
  });
  const label = scene.label({
    detection: "newly-rejected",
    alsoExplains: ["internal-denied"],
    span: { from: at, until: end },
    ends: usual,
    note: "The server's security group lost the rule for this client: the client's interface still logs ACCEPT, the server's REJECT, and there is no reply.",
  });
  return [{ label, replaces: [usual.id], adds: [usualUntil(usual, at), broken] }];
};

/** A stateless network ACL lets the request through and drops the reply: once at each end. */
export const naclDropsReplies: Planner = (scene) => {
  const first = dropReplies(scene, "client");
  return [...first, ...dropReplies(scene, "server")];
};

function dropReplies(scene: Scene, refusedAt: "client" | "server"): Planted[] {
  const usual = scene.link(refusedAt === "client" ? SERVICES.redis : SERVICES.api);
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const { at, end } = moment;
  const { client, server, service } = usual;
  const broken = scene.add({
    client,
    server,
    service,
    perDay: 480,
    from: at,
    outcome: `reply-refused-at-${refusedAt}`,
  });
  const rule =
    refusedAt === "client" ? "inbound at the client's subnet" : "outbound at the server's subnet";
  const label = scene.label({
    detection: "reply-rejected",
    alsoExplains: ["newly-rejected"],
    span: { from: at, until: end },
    ends: usual,
    note: `A network ACL drops the replies, ${rule}: the request is accepted at both interfaces.`,
  });
  return [{ label, replaces: [usual.id], adds: [usualUntil(usual, at), broken] }];
}

/** Somebody inside wants out, and its own security group says no, again and again. */
export const egressDenied: Planner = (scene) => {
  const client = endOf(scene.host("web"));
  const server = outside("203.0.113.99");
  const service = tcp("irc", scene.luck(2) === 0 ? 6667 : 8333);
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const link = scene.add({
    client,
    server,
    service,
    perDay: 288,
    from: moment.at,
    outcome: "refused-at-client",
  });
  const label = scene.label({
    detection: "egress-denied",
    span: { from: moment.at, until: moment.end },
    ends: link,
    note: "Refused at the client's own interface on the way out; it tries again every few minutes.",
  });
  return [{ label, adds: [link] }];
};

/** A new deploy asks for what no rule allows. It is rolled back two days later. */
export const internalDenied: Planner = (scene) => {
  const client = endOf(scene.host("batch"));
  const server = endOf(scene.host("redis"));
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const until = Math.min(moment.at + 2 * 86_400, moment.end);
  const link = scene.add({
    client,
    server,
    service: SERVICES.redis,
    perDay: 480,
    from: moment.at,
    until,
    outcome: "refused-at-server",
  });
  const label = scene.label({
    detection: "internal-denied",
    span: { from: moment.at, until },
    ends: link,
    note: "A new job asks for a cache that no rule lets it reach; it never could.",
  });
  return [{ label, adds: [link] }];
};

/** VPC Block Public Access is switched on, and a partner is shut out. */
export const blockPublicAccess: Planner = (scene) => {
  const server = endOf(scene.host("edge"));
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const link = scene.add({
    client: outside("203.0.113.77"),
    server,
    service: SERVICES.https,
    perDay: 288,
    from: moment.at,
    outcome: "refused-at-server",
    reason: "BPA",
  });
  const label = scene.label({
    detection: "block-public-access",
    span: { from: moment.at, until: moment.end },
    ends: link,
    note: "Refused with reject-reason BPA; such records have no bytes.",
  });
  return [{ label, adds: [link] }];
};

/** Encryption controls are enforced, and an old client can't encrypt. */
export const encryptionControl: Planner = (scene) => {
  const client = endOf(scene.host("web"));
  const server = endOf(scene.host("kafka"));
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const link = scene.add({
    client,
    server,
    service: SERVICES.kafka,
    perDay: 288,
    from: moment.at,
    outcome: "refused-at-server",
    reason: "EC",
  });
  const label = scene.label({
    detection: "encryption-control",
    alsoExplains: ["internal-denied"],
    span: { from: moment.at, until: moment.end },
    ends: link,
    note: "Refused with reject-reason EC: the VPC enforces encryption in transit.",
  });
  return [{ label, adds: [link] }];
};
