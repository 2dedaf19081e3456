/**
 * A VPC that talks: seeded, repeatable flow logs with planted, labelled incidents.
 */
export { INCIDENT_KINDS, explains, type Claim, type Incident, type IncidentKind } from "./incident.ts";
export type { Host, Network, Role, Tier } from "./network.ts";
export type { Settings, SimulationOptions } from "./options.ts";
export { formatRecord, type FlowRecord } from "./record.ts";
export {
  filesOf,
  incidentsJson,
  simulate,
  type Placement,
  type SimulatedFile,
  type Simulation,
} from "./simulation.ts";
