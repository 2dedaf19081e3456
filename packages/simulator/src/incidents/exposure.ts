import { endOf, outside } from "../network.ts";
import type { Random } from "../random.ts";
import { SERVICES, tcp, type Service } from "../services.ts";
import { rateOf, type Planner } from "./scene.ts";

/** An outside source that was refused for days gets in. */
export const closedPortOpened: Planner = (scene) => {
  const ends = {
    client: outside("198.51.100.177"),
    server: endOf(scene.host("bastion")),
    service: SERVICES.ssh,
  };
  const moment = scene.moment(2);
  if (moment === undefined) return [];
  const refused = scene.add({
    ...ends,
    perDay: 24,
    until: moment.at,
    outcome: "refused-at-server",
  });
  const opened = scene.add({ ...ends, perDay: 24, from: moment.at });
  const label = scene.label({
    detection: "newly-accepted",
    alsoExplains: ["admin-port-open"],
    span: { from: moment.at, until: moment.end },
    ends,
    note: "The source was refused on every day before; then somebody opened the port for it.",
  });
  return [{ label, adds: [refused, opened] }];
};

/** An administrator's port is opened to a range of the internet. */
export const adminPortOpen: Planner = (scene) => {
  const server = endOf(scene.host("edge"));
  const service = ADMIN[scene.luck(ADMIN.length)] as Service;
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const link = scene.add({
    client: outside("198.51.100.40"),
    server,
    service,
    perDay: 96,
    from: moment.at,
    vary: (_, random: Random) => ({ client: outside(`198.51.100.${random.between(40, 47)}`) }),
  });
  const label = scene.label({
    detection: "admin-port-open",
    span: { from: moment.at, until: moment.end },
    ends: { client: null, server, service },
    note: "Accepted from eight addresses on the internet that were never seen before.",
  });
  return [{ label, adds: [link] }];
};

const ADMIN: readonly Service[] = [
  SERVICES.ssh,
  tcp("rdp", 3389, { forward: [40, 160], reply: [60, 400], seconds: 60 }),
  SERVICES.postgres,
];

/** A host uploads fifty times its usual volume to a peer that it knows. */
export const exfiltration: Planner = (scene) => {
  const host = scene.host("batch");
  const gateway = scene.network
    .byRole("nat-gateway")
    .find((candidate) => candidate.zone === host.zone);
  const ends = { client: endOf(host), server: outside("203.0.113.200"), nat: gateway ?? null };
  const moment = scene.moment(5, [2, 4]);
  if (moment === undefined) return [];
  // 24 uploads of 5 MB a day are usual; then 40 of 150 MB in two hours.
  const usual = scene.add({ ...ends, service: SERVICES.storage, perDay: 24, volume: 20 });
  const span = { from: moment.at, until: moment.at + 7_200 };
  const upload = scene.add({
    ...ends,
    service: SERVICES.storage,
    perDay: rateOf(40, 7_200),
    volume: 600,
    ...span,
  });
  const { address } = gateway ?? host;
  const label = scene.label({
    detection: "large-transfer",
    span,
    ends: upload,
    echoes: [
      { client: host.address, server: address },
      { client: address, server: ends.server.address },
    ],
    note: "Six gigabytes in two hours to a peer that gets 120 MB on other days.",
  });
  return [{ label, adds: [usual, upload] }];
};

/** Two hosts that speak TCP begin to speak GRE: a tunnel. */
export const unusualProtocol: Planner = (scene) => {
  const client = endOf(scene.host("api"));
  const server = endOf(scene.host("batch"));
  const moment = scene.moment(3);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 10_800 };
  const link = scene.add({
    client,
    server,
    service: GRE,
    perDay: rateOf(60, 10_800),
    ...span,
  });
  const label = scene.label({
    detection: "unusual-protocol",
    span,
    ends: link,
    note: "Protocol 47 (GRE) in one direction between two hosts that never used it.",
  });
  return [{ label, adds: [link] }];
};

const GRE: Service = {
  name: "gre",
  protocol: 47,
  port: 0,
  clientPort: 0,
  forward: [120, 700],
  reply: [0, 0],
  seconds: 30,
  daily: false,
  pooled: false,
};
