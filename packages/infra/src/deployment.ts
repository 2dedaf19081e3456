import {
  type Config,
  deploymentName,
  LOGGED_KINDS,
  type LoggedKind,
  TurnawayError,
} from "@turnaway/core";

/** An account and a region: what one stack is deployed to. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Something that gets a flow log, as EC2 names its kind. */
export interface Watched {
  readonly id: string;
  readonly kind: LoggedKind;
  readonly name: string | null;
}

/** A place with what is watched there. */
export interface WatchedPlace extends Place {
  readonly watched: readonly Watched[];
}

/** What turnaway.yml asks to be made, and where. */
export interface Deployment {
  /** Name of the report; every stack begins with it. */
  readonly name: string;
  /** Place of the bucket, the catalogue, the alarms and the roles. */
  readonly home: Place;
  /** Accounts that may deliver into the bucket, each once. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Places with flow logs, in the order of the configuration. */
  readonly places: readonly WatchedPlace[];
  readonly config: Config;
}

/**
 * What is made where.
 *
 * @throws TurnawayError CONFIG where the configuration leaves open where something goes; a file
 * that was read with `parseDeployableConfig` leaves nothing open.
 */
export function planDeployment(config: Config): Deployment {
  const { account, region } = config.infrastructure;
  if (account === null || region === null) throw noHome();
  const places = new Map<string, { account: string; region: string; watched: Watched[] }>();
  for (const kind of LOGGED_KINDS) {
    for (const { id, name, ...at } of config[kind]) {
      const place = { account: at.account ?? account, region: at.region ?? region };
      const key = `${place.account}/${place.region}`;
      const known = places.get(key) ?? { ...place, watched: [] };
      known.watched.push({ id, kind, name });
      places.set(key, known);
    }
  }
  return {
    name: config.name,
    home: { account, region },
    accounts: distinct([...config.accounts, ...[...places.values()].map((at) => at.account)]),
    regions: distinct([...config.regions, ...[...places.values()].map((at) => at.region)]),
    places: [...places.values()],
    config,
  };
}

/** Name of a stack, and of what has to be found by name: `turnaway-production-catalogue`. */
export function nameOf({ name }: Pick<Deployment, "name">, part: string): string {
  return deploymentName(name, part);
}

function noHome(): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: "nowhere to deploy to",
    where: "infrastructure",
    why: "the configuration names no account or region",
    fix: "list one under accounts and regions, or write infrastructure.account and infrastructure.region",
  });
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
