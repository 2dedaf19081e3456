import { PROTOCOL } from "./conversation.ts";
import { makeLink, type Link } from "./link.ts";
import { endOf, isPublic, outside, type Endpoint, type Host, type Network } from "./network.ts";
import { hashOf, type Random } from "./random.ts";
import { SERVICES, tcp, udp, type Service } from "./services.ts";

/** A noise link before its volume is known. */
export interface NoisePlan {
  readonly link: Link;
  readonly share: number;
}

/**
 * What the internet throws at every public address: thousands of sources, most of
 * them seen once, all refused. Nothing of it is a finding.
 *
 * Network by network the counts per host and port are steady from day to day,
 * because the spike that is planted must be the only one.
 */
export function internetNoise(network: Network): NoisePlan[] {
  const plans: NoisePlan[] = [];
  const targets = network.hosts.filter((host) => isPublic(host) && host.role !== "nat-gateway");
  for (const host of targets) {
    for (const [rank, service] of KNOCKED.entries()) {
      plans.push({ share: 12 / (rank + 2), link: knock(host, service, plans.length) });
    }
    plans.push({ share: 4, link: knock(host, ANY_PORT, plans.length) });
    plans.push({ share: 2, link: portWalk(host, plans.length) });
  }
  return plans;
}

/** A source that knocks: three in ten come back every day. */
export function scanner(random: Random): Endpoint {
  const number = random.fraction() < 0.3 ? random.between(0, 399) : random.between(400, 65_535);
  return outside(`198.19.${number >> 8}.${number & 255}`);
}

/** Source port of a scanner. Some use 53 or 443, to look like a reply. */
export function scannerPort(random: Random): number {
  const luck = random.fraction();
  if (luck < 0.03) return 53;
  return luck < 0.06 ? 443 : random.between(1024, 65_535);
}

const NOISE_IDS = 100_000;

const NO_REPLY = { forward: [1, 44], reply: [0, 0], seconds: 0 } as const;

/** Most knocked first. None of these is open to the internet in the baseline. */
const KNOCKED: readonly Service[] = [
  tcp("telnet", 23, NO_REPLY),
  tcp("ssh", 22, NO_REPLY),
  tcp("rdp", 3389, NO_REPLY),
  tcp("smb", 445, NO_REPLY),
  udp("sip", 5060, { forward: [1, 440], reply: [0, 0], clientPort: null }),
  tcp("proxy", 8080, NO_REPLY),
  tcp("redis", 6379, NO_REPLY),
  tcp("postgres", 5432, NO_REPLY),
  tcp("mysql", 3306, NO_REPLY),
  tcp("https-alt", 8443, NO_REPLY),
  tcp("elasticsearch", 9200, NO_REPLY),
  udp("snmp", 161, { forward: [1, 70], reply: [0, 0], clientPort: null }),
  tcp("vnc", 5900, NO_REPLY),
  { ...SERVICES.ping, name: "echo", ...NO_REPLY },
];

const ANY_PORT = tcp("any", 0, NO_REPLY);

function knock(host: Host, service: Service, number: number): Link {
  return makeLink({
    id: NOISE_IDS + number,
    client: outside("198.19.0.0"),
    server: endOf(host),
    service,
    outcome: "refused-at-server",
    vary: (_, random) => ({
      client: scanner(random),
      clientPort: service.protocol === PROTOCOL.icmp ? 0 : scannerPort(random),
      serverPort: service === ANY_PORT ? unusedPort(random) : service.port,
    }),
  });
}

// One source tries forty ports in a row, then the next one does.
function portWalk(host: Host, number: number): Link {
  return makeLink({
    id: NOISE_IDS + number,
    client: outside("198.19.0.0"),
    server: endOf(host),
    service: tcp("walk", 0, NO_REPLY),
    outcome: "refused-at-server",
    vary: (turn, random) => {
      const walker = hashOf(host.index, Math.floor(turn / 40)) % 65_536;
      return {
        client: outside(`198.19.${walker >> 8}.${walker & 255}`),
        clientPort: scannerPort(random),
        serverPort: unusedPort(random),
      };
    },
  });
}

// 443 is open at the load balancers, so a knock there would not be refused.
function unusedPort(random: Random): number {
  const port = random.between(1, 65_535);
  return port === 443 ? 444 : port;
}
