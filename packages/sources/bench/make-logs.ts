import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** One day of flow logs in the default format, as AWS delivers it: gzip files of five minutes. */
export interface LogsShape {
  readonly dir: string;
  readonly records: number;
  readonly files: number;
  readonly seed: number;
}

const HEADER =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n";
const DAY_START = 1_763_510_400; // 2025-11-19T00:00:00Z

/** Writes the files and returns the plain bytes that they hold. The same seed makes the same bytes. */
export function makeLogs({ dir, records, files, seed }: LogsShape): number {
  mkdirSync(dir, { recursive: true });
  const random = mulberry32(seed);
  const perFile = Math.ceil(records / files);
  let plain = 0;
  for (let f = 0; f < files; f++) {
    const time = DAY_START + Math.floor((f * 86_400) / files);
    const lines = Array.from({ length: Math.min(perFile, records - f * perFile) }, () =>
      record(random, time),
    );
    const text = Buffer.from(HEADER + lines.join(""));
    plain += text.length;
    const stamp = new Date(time * 1000).toISOString().replaceAll(/[-:]/g, "").slice(0, 13);
    const name = `123456789012_vpcflowlogs_eu-west-1_fl-0a1b2c3d4e5f60718_${stamp}Z_${f.toString(16).padStart(8, "0")}.log.gz`;
    writeFileSync(path.join(dir, name), gzipSync(text));
  }
  return plain;
}

function record(random: () => number, time: number): string {
  const int = (below: number) => Math.floor(random() * below);
  const host = int(300);
  const inside = `10.0.${host >> 6}.${(host & 63) + 10}`;
  const eni = `eni-0${(0x1a2b3c4d5e000 + host * 7919).toString(16).padStart(16, "0")}`;
  const outside =
    int(4) === 0
      ? `${int(223) + 1}.${int(256)}.${int(256)}.${int(256)}`
      : `10.0.${int(4)}.${int(64) + 10}`;
  const service = [443, 5432, 6379, 80, 53, 8080][int(6)] ?? 443;
  const port = 32_768 + int(28_000);
  const inbound = int(2) === 0;
  const packets = 1 + int(40);
  const start = time + int(240);
  const ends = inbound
    ? `${outside} ${inside} ${port} ${service}`
    : `${inside} ${outside} ${service} ${port}`;
  const action = int(20) === 0 ? "REJECT" : "ACCEPT";
  return `2 123456789012 ${eni} ${ends} ${service === 53 ? 17 : 6} ${packets} ${packets * (40 + int(1400))} ${start} ${start + 20 + int(40)} ${action} OK\n`;
}

function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
