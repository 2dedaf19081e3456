import type { Link } from "../link.ts";
import { endOf, isPublic, outside, type Endpoint } from "../network.ts";
import { scanner, scannerPort } from "../noise.ts";
import { shuffled } from "../random.ts";
import { tcp, type Service } from "../services.ts";
import { rateOf, type Planner, type Scene } from "./scene.ts";

/** A host inside tries 400 ports of another one. */
export const insidePortScan: Planner = (scene) => {
  const client = endOf(scene.host("batch"));
  const server = endOf(scene.host("postgres"));
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 1_200 };
  const ports = shuffled(SCANNED_PORTS, scene.settings.seed);
  const link = scene.add({
    client,
    server,
    service: PROBE,
    perDay: rateOf(400, 1_200),
    outcome: "refused-at-server",
    vary: (turn) => ({ serverPort: ports[turn % ports.length] as number }),
    ...span,
  });
  const label = scene.label({
    detection: "port-scan",
    span,
    ends: link,
    note: "One host inside, 400 ports of one server in twenty minutes, all refused at the server.",
  });
  return [{ label, adds: [link] }];
};

/** A host inside tries one port of every host it can think of. */
export const hostSweep: Planner = (scene) => {
  const host = scene.host("batch");
  const targets = shuffled(sweptBy(scene, host.address), scene.settings.seed);
  const service = tcp("smb", 445, ONE_PACKET);
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 900 };
  const link = scene.add({
    client: endOf(host),
    server: targets[0] as Endpoint,
    service,
    perDay: rateOf(targets.length, 900),
    outcome: "refused-at-server",
    vary: (turn) => ({ server: targets[turn % targets.length] as Endpoint }),
    ...span,
  });
  const label = scene.label({
    detection: "host-sweep",
    span,
    ends: { client: endOf(host), server: null, service },
    note: "One host inside, port 445 of many hosts in a quarter of an hour; some addresses belong to nobody.",
  });
  return [{ label, adds: [link] }];
};

/** A service that the internet always knocks at gets twenty times as many knocks. */
export const spike: Planner = (scene) => {
  const host = scene.host("edge");
  const moment = scene.moment(5);
  const usual = scene.links.find(
    ({ server, service }) => server.host === host && service.name === "https-alt",
  );
  if (moment === undefined || usual === undefined) return [];
  const background: Link = { ...usual, perDay: Math.max(40, usual.perDay) };
  const span = { from: moment.at, until: moment.at + 7_200 };
  const burst = scene.add({
    client: outside("198.19.0.0"),
    server: usual.server,
    service: usual.service,
    perDay: rateOf(20 * background.perDay, 7_200),
    outcome: "refused-at-server",
    vary: (_, random) => ({ client: scanner(random), clientPort: scannerPort(random) }),
    ...span,
  });
  const label = scene.label({
    detection: "reject-spike",
    span,
    ends: { client: null, server: usual.server, service: usual.service },
    note: "Twenty times the knocks of a usual day within two hours, from many sources.",
  });
  return [{ label, replaces: [usual.id], adds: [background, burst] }];
};

/** One loud source on the internet tries every port of every public address: noise. */
export const scanners: Planner = (scene) => {
  const client = outside("192.0.2.66");
  const targets = scene.network.hosts
    .filter((host) => isPublic(host) && host.role !== "nat-gateway")
    .map(endOf);
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 14_400 };
  const link = scene.add({
    client,
    server: targets[0] as Endpoint,
    service: PROBE,
    perDay: rateOf(500, 14_400),
    outcome: "refused-at-server",
    vary: (turn, random) => ({
      server: random.pick(targets),
      clientPort: turn % 4 === 0 ? 53 : random.between(40_000, 60_999),
      // Odd multiples never repeat within 65,536, and skip the open port 443.
      serverPort: ((turn * 2_609) % 65_000) + 500,
    }),
    ...span,
  });
  const label = scene.label({
    detection: "port-scan",
    expected: "noise",
    span,
    client: client.address,
    note: "A source on the internet walks over the ports of every public address; all refused.",
  });
  return [{ label, adds: [link] }];
};

const ONE_PACKET = { forward: [1, 44], reply: [0, 0], seconds: 0 } as const;
const PROBE: Service = tcp("probe", 0, ONE_PACKET);

// What port scanners try first lies below 10,000; a few lie among ephemeral ports.
const SCANNED_PORTS = [
  ...Array.from({ length: 390 }, (_, index) => 7 + index * 25),
  ...Array.from({ length: 10 }, (_, index) => 49_152 + index * 777),
];

/** Up to 150 hosts, and 30 addresses of the VPC that nobody has. */
function sweptBy({ network }: Scene, client: string): Endpoint[] {
  const hosts = network.hosts.filter((host) => !isPublic(host) && host.address !== client);
  const nobody = Array.from({ length: 30 }, (_, index) => outside(`10.0.240.${index + 10}`));
  return [...hosts.slice(0, 150).map(endOf), ...nobody];
}
