/** Name of what has to be found by name in an account: `turnaway-production-catalogue`. */
export function deploymentName(deployment: string, part: string): string {
  return `turnaway-${deployment}-${part}`;
}
