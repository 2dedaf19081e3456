/** Where a person can look at a query, in the partition that the region belongs to. */
export function consoleUrl(region: string, queryId: string): string {
  const [, domain] = DOMAINS.find(([prefix]) => region.startsWith(prefix))!;
  return `https://${region}.${domain}/athena/home?region=${region}#/query-editor/history/${queryId}`;
}

const DOMAINS = [
  ["cn-", "console.amazonaws.cn"],
  ["us-gov-", "console.amazonaws-us-gov.com"],
  ["", "console.aws.amazon.com"],
] as const;
