import { INCIDENT_KINDS, type IncidentKind } from "../incident.ts";
import type { Link } from "../link.ts";
import type { Host, Network } from "../network.ts";
import type { Settings } from "../options.ts";
import { adminPortOpen, closedPortOpened, exfiltration, unusualProtocol } from "./exposure.ts";
import { coverageGap, latePackets, skipData } from "./pipeline.ts";
import {
  blockPublicAccess,
  brokenSecurityGroup,
  egressDenied,
  encryptionControl,
  internalDenied,
  naclDropsReplies,
} from "./refusals.ts";
import { hostSweep, insidePortScan, scanners, spike } from "./scans.ts";
import { Scene, type Planted, type Planner } from "./scene.ts";

/**
 * Plants the chosen kinds.
 *
 * All kinds are planned, in one order, and those that were not chosen are dropped
 * afterwards: switching one off leaves the ends and the days of the others alone.
 */
export function plant(settings: Settings, network: Network, links: readonly Link[]): Planted[] {
  const taken = new Set<Host>();
  const chosen = new Set(settings.incidents);
  return INCIDENT_KINDS.flatMap((kind) => {
    const planned = PLANNERS[kind](new Scene(kind, { network, links, settings, taken }));
    return chosen.has(kind) && canShow(kind, settings) ? planned : [];
  });
}

// Without the field a refusal by Block Public Access is any other refusal, and nobody could tell.
function canShow(kind: IncidentKind, { format }: Settings): boolean {
  const needsReason = kind === "block-public-access" || kind === "encryption-control";
  return !needsReason || format.fields.includes("reject-reason");
}

const PLANNERS: Readonly<Record<IncidentKind, Planner>> = {
  "broken-security-group": brokenSecurityGroup,
  "closed-port-opened": closedPortOpened,
  "nacl-drops-replies": naclDropsReplies,
  "inside-port-scan": insidePortScan,
  "host-sweep": hostSweep,
  "egress-denied": egressDenied,
  "internal-denied": internalDenied,
  "block-public-access": blockPublicAccess,
  "encryption-control": encryptionControl,
  spike,
  "admin-port-open": adminPortOpen,
  exfiltration,
  "unusual-protocol": unusualProtocol,
  "coverage-gap": coverageGap,
  "skip-data": skipData,
  "late-packets": latePackets,
  scanners,
};
