import { type LogsServer, startLogsServer } from "@turnaway/testing/logs-server";

const LOG_GROUP = "/vpc/flow-logs";

/** Flow logs of three days in a log group: on the second, 10.0.3.7 is refused what it had before. */
export function startInsights(): Promise<LogsServer> {
  const events = ["2026-11-18", "2026-11-19", "2026-11-20"].flatMap((day) =>
    dayEvents(day, day === "2026-11-19"),
  );
  return startLogsServer({
    logGroups: { [LOG_GROUP]: events },
    looks: { scheduled: 0, running: 0 },
  });
}

/** The configuration for it. */
export const INSIGHTS_CONFIG = `cloudwatch: { logGroup: ${LOG_GROUP} }\n`;

/** Credentials and a region as a job has them; the service at its address. */
export function insightsVariables({ url }: Pick<LogsServer, "url">): Record<string, string> {
  return { ...AWS_VARIABLES, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url };
}

export const AWS_VARIABLES = {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDLOOPBACK",
  AWS_SECRET_ACCESS_KEY: "secret",
} as const;

function dayEvents(day: string, isRefused: boolean) {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  return Array.from({ length: 24 }, (_, index) => {
    const start = midnight + index * 3600;
    const action = isRefused ? "REJECT" : "ACCEPT";
    return {
      timestamp: (start + 60) * 1000,
      message: `2 123456789012 eni-0a1b2c3d4e5f60001 10.0.3.7 10.0.9.20 ${40_000 + index} 5432 6 3 180 ${start} ${start + 59} ${action} OK`,
    };
  });
}
