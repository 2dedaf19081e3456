/**
 * A service as people name it: `5432/tcp (postgres)`, `icmp`, or null when the
 * finding is about neither a port nor a protocol.
 */
export function serviceText(service: {
  readonly port: number | null;
  readonly protocol: string | null;
}): string | null {
  const { port, protocol } = service;
  if (port === null) return protocol;
  const name = protocol === "tcp" || protocol === "udp" ? SERVICES[port] : undefined;
  const known = name === undefined || (name.only ?? protocol) !== protocol ? "" : ` (${name.name})`;
  return `${port}/${protocol ?? "any"}${known}`;
}

interface Service {
  readonly name: string;
  /** Set where the name fits one protocol only. */
  readonly only?: "tcp" | "udp";
}

const tcp = (name: string): Service => ({ name, only: "tcp" });
const udp = (name: string): Service => ({ name, only: "udp" });

// The names that people say, which are not always the ones IANA registered.
const SERVICES: Readonly<Record<number, Service>> = {
  20: tcp("ftp-data"),
  21: tcp("ftp"),
  22: tcp("ssh"),
  23: tcp("telnet"),
  25: tcp("smtp"),
  53: { name: "dns" },
  67: udp("dhcp"),
  68: udp("dhcp"),
  69: udp("tftp"),
  80: tcp("http"),
  88: { name: "kerberos" },
  110: tcp("pop3"),
  111: { name: "rpcbind" },
  123: udp("ntp"),
  135: tcp("msrpc"),
  137: udp("netbios"),
  138: udp("netbios"),
  139: tcp("netbios"),
  143: tcp("imap"),
  161: udp("snmp"),
  162: udp("snmp-trap"),
  179: tcp("bgp"),
  389: { name: "ldap" },
  443: { name: "https" },
  445: tcp("smb"),
  464: { name: "kerberos" },
  465: tcp("smtps"),
  500: udp("ipsec"),
  514: { name: "syslog" },
  587: tcp("smtp"),
  636: tcp("ldaps"),
  853: { name: "dns-tls" },
  873: tcp("rsync"),
  993: tcp("imaps"),
  995: tcp("pop3s"),
  1194: { name: "openvpn" },
  1433: tcp("sql server"),
  1434: udp("sql server"),
  1521: tcp("oracle"),
  1883: tcp("mqtt"),
  2049: { name: "nfs" },
  2181: tcp("zookeeper"),
  2375: tcp("docker"),
  2376: tcp("docker"),
  2379: tcp("etcd"),
  2380: tcp("etcd"),
  3128: tcp("proxy"),
  3306: tcp("mysql"),
  3389: { name: "rdp" },
  4317: tcp("otlp"),
  4318: tcp("otlp"),
  4500: udp("ipsec"),
  5060: { name: "sip" },
  5353: udp("mdns"),
  5432: tcp("postgres"),
  5439: tcp("redshift"),
  5601: tcp("kibana"),
  5671: tcp("amqps"),
  5672: tcp("amqp"),
  5900: tcp("vnc"),
  5985: tcp("winrm"),
  5986: tcp("winrm"),
  6379: tcp("redis"),
  6443: tcp("kubernetes"),
  8080: tcp("http"),
  8125: udp("statsd"),
  8443: tcp("https"),
  8883: tcp("mqtts"),
  9042: tcp("cassandra"),
  9090: tcp("prometheus"),
  9092: tcp("kafka"),
  9094: tcp("kafka"),
  9100: tcp("node exporter"),
  9200: tcp("elasticsearch"),
  9300: tcp("elasticsearch"),
  10250: tcp("kubelet"),
  11211: { name: "memcached" },
  15672: tcp("rabbitmq"),
  27017: tcp("mongodb"),
  51820: udp("wireguard"),
};
