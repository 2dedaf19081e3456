import type { Ports } from "@turnaway/runs";

/** Ports of a run inside of a test: no environment, nothing said, never interrupted. */
export function silentPorts(): Ports {
  return {
    env: {},
    signal: new AbortController().signal,
    versions: {},
    say() {},
    startProgress: async () => ({ update() {}, stop() {} }),
  };
}
