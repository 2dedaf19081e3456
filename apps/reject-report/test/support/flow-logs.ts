import { addDays } from "@turnaway/core";

const HEADER =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/**
 * Flow logs of some days, a file each: a web server that everybody reaches on all of them, and a
 * database that its client reaches until the last day, when it is refused.
 */
export function flowLogs(firstDay: string, days: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: days }, (_, index) => {
      const day = addDays(firstDay, index);
      return [`logs/${day}.log`, [HEADER, ...dayLines(day, index === days - 1), ""].join("\n")];
    }),
  );
}

function dayLines(day: string, isRefused: boolean): string[] {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  return Array.from({ length: 96 }, (_, index) => midnight + index * 900).flatMap(
    (start, index) => [
      record(
        "10.0.3.7",
        { server: "10.0.9.20", port: 5432, client: 40_000 + index },
        start,
        isRefused,
      ),
      record("10.0.4.8", { server: "10.0.9.30", port: 443, client: 50_000 + index }, start, false),
    ],
  );
}

function record(
  client: string,
  to: { server: string; port: number; client: number },
  start: number,
  isRefused: boolean,
): string {
  const eni = to.port === 443 ? "eni-0a1b2c3d4e5f60002" : "eni-0a1b2c3d4e5f60001";
  const action = isRefused ? "REJECT" : "ACCEPT";
  return `2 123456789012 ${eni} ${client} ${to.server} ${to.client} ${to.port} 6 8 1200 ${start} ${start + 59} ${action} OK`;
}
