import { addDays, isoTime, protocolName } from "@turnaway/core";

import type { Span } from "../conversation.ts";
import { INCIDENT_KINDS, type Incident, type IncidentKind } from "../incident.ts";
import { makeLink, type Link } from "../link.ts";
import type { Endpoint, Host, Network, Role } from "../network.ts";
import type { Settings } from "../options.ts";
import { hashOf, shuffled } from "../random.ts";
import type { Service } from "../services.ts";

/** What one incident does to the traffic, and its label. */
export interface Planted {
  readonly label: Incident;
  readonly adds: readonly Link[];
  /** Ids of baseline links that `adds` stands in for. */
  readonly replaces?: readonly number[];
  /** When nothing reaches the bucket. */
  readonly gap?: Span;
  /** Interfaces that lose records, and when. */
  readonly skips?: { readonly hosts: readonly Host[]; readonly span: Span };
}

/** Plans one kind of incident. Empty when the run is too short to show it. */
export type Planner = (scene: Scene) => Planted[];

/** What planners choose from: nobody is chosen twice, so no two incidents share their ends. */
export class Scene {
  readonly kind: IncidentKind;
  readonly network: Network;
  readonly links: readonly Link[];
  readonly settings: Settings;
  readonly #taken: Set<Host>;
  #added = 0;

  constructor(kind: IncidentKind, given: SceneGiven) {
    this.kind = kind;
    this.network = given.network;
    this.links = given.links;
    this.settings = given.settings;
    this.#taken = given.taken;
  }

  /** A number from 0 to `choices` - 1 that belongs to this kind and seed. */
  luck(choices: number, salt = 0): number {
    return hashOf(this.settings.seed, INCIDENT_KINDS.indexOf(this.kind), salt, 0x1dc) % choices;
  }

  /**
   * The day and second at which it begins, with at least `history` days before it;
   * undefined when the run is too short. Runs of 8 days and more keep their first
   * three quiet.
   */
  moment(history: number, hours: readonly [number, number] = [6, 13]): Moment | undefined {
    const { days, from, until, startDay } = this.settings;
    const quiet = Math.max(history, Math.min(3, days - 1));
    if (history > days - 1) return undefined;
    const index = quiet + this.luck(days - quiet, 1);
    const [low, high] = hours;
    const minute = low * 60 + this.luck((high - low) * 60 + 1, 2);
    const midnight = from + index * 86_400;
    return { at: midnight + minute * 60, midnight, day: addDays(startDay, index), end: until };
  }

  /** A host of that role whom no other incident has. */
  host(role: Role): Host {
    const all = shuffled(this.network.byRole(role), hashOf(this.settings.seed, this.luck(1 << 30)));
    const free = all.find((host) => !this.#taken.has(host)) ?? all[0];
    if (free === undefined) throw new RangeError(`no host of role ${role}`);
    this.#taken.add(free);
    return free;
  }

  /** A baseline link of that service between two hosts whom no other incident has. */
  link(service: Service): Link {
    const found = shuffled(this.links, hashOf(this.settings.seed, this.luck(1 << 30))).find(
      ({ service: its, client, server }) =>
        its === service &&
        !client.address.includes(":") &&
        this.#isFree(client) &&
        this.#isFree(server),
    );
    if (found === undefined) throw new RangeError(`no free link of ${service.name}`);
    for (const { host } of [found.client, found.server]) if (host !== null) this.#taken.add(host);
    return found;
  }

  /** A link with an id of its own. */
  add(given: Omit<Parameters<typeof makeLink>[0], "id">): Link {
    this.#added += 1;
    const id = 1_000_000 + INCIDENT_KINDS.indexOf(this.kind) * 100 + this.#added;
    return makeLink({ ...given, id });
  }

  /** The label of what this scene plants: a finding, seen on every day of the span. */
  label(
    given: Pick<Incident, "detection" | "note"> & { span: Span } & Partial<Incident> & {
        ends?: Ends;
      },
  ): Incident {
    const { span, ends, detection, ...rest } = given;
    const day = isoTime(span.from).slice(0, 10);
    return {
      kind: this.kind,
      detection,
      expected: "finding",
      alsoExplains: [],
      day,
      days: daysOf(day, span),
      from: isoTime(span.from),
      client: ends?.client?.address ?? null,
      server: ends?.server?.address ?? null,
      protocol: ends === undefined ? null : protocolName(ends.service.protocol),
      port: ends === undefined || ends.service.port === 0 ? null : ends.service.port,
      echoes: [],
      ...rest,
    };
  }

  #isFree({ host }: Endpoint): boolean {
    return host === null || !this.#taken.has(host);
  }
}

export interface SceneGiven {
  readonly network: Network;
  readonly links: readonly Link[];
  readonly settings: Settings;
  readonly taken: Set<Host>;
}

interface Ends {
  readonly client: Endpoint | null;
  readonly server: Endpoint | null;
  readonly service: Service;
}

/** When something begins. Unix seconds. */
export interface Moment {
  readonly at: number;
  readonly midnight: number;
  readonly day: string;
  /** End of the simulation. */
  readonly end: number;
}

/** Conversations a day that make `count` of them in `seconds`. */
export function rateOf(count: number, seconds: number): number {
  return (count * 86_400) / seconds;
}

/** The baseline link until that second, talkative enough to have a history every day. */
export function usualUntil(link: Link, until: number): Link {
  return { ...link, until, lasting: 0, late: 0, perDay: Math.max(link.perDay, 24) };
}

function daysOf(first: string, { from, until }: Span): string[] {
  const midnight = Date.parse(`${first}T00:00:00Z`) / 1000;
  const count = Math.ceil((until - midnight) / 86_400);
  return Array.from({ length: Math.max(1, from < until ? count : 1) }, (_, index) =>
    addDays(first, index),
  );
}
