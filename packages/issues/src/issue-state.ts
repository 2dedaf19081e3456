import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { SEVERITIES, VERDICTS, type Severity, type Verdict } from "@turnaway/core";
import { z } from "zod";

/** What the next run has to know of this one. It stands in the body, so no artifact is needed. */
export interface IssueState {
  /** Day of the report that the body shows. */
  readonly day: string;
  readonly verdict: Verdict;
  /** Clear days in a row up to that day. */
  readonly clearDays: number;
  /** Whether we closed the issue, because all was clear. */
  readonly closedByUs: boolean;
  /** The title as we wrote it: another one is a person's, and stays. */
  readonly title: string;
  /** Open findings by {@link stateKey}. */
  readonly findings: ReadonlyMap<string, StateFinding>;
  /** How many findings are not in it because there are too many. */
  readonly omitted: number;
  /** Findings whose mute was announced to end. */
  readonly expiring: ReadonlySet<string>;
  /** What had become of the state before, where this day's history had to do without it. */
  readonly lost: LostState | null;
  /** Comments that continue the body. */
  readonly continued: number;
  /** Digest of what the body and those comments say, the receipt aside. */
  readonly content: string;
  /** Digest of our part of the body as it was written, the state aside. */
  readonly written: string;
}

export interface StateFinding {
  /** Unix seconds. */
  readonly firstSeen: number;
  readonly severity: Severity;
}

export type StoredState =
  | { readonly kind: "state"; readonly state: IssueState }
  | { readonly kind: LostState };

const LOST_STATES = ["missing", "damaged"] as const;
export type LostState = (typeof LOST_STATES)[number];

/** Most characters of the line: a fifth of the body. */
const STATE_ROOM = 12_000;
/** More never fit, and packing 100,000 to see that takes a third of a second. */
export const MOST_FINDINGS = 5000;
const KEY_LENGTH = 120;

/** One line, compact and checked; the least important findings go when there are too many. */
export function writeState(state: IssueState): string {
  const entries = [...state.findings];
  const withFirst = (kept: number): string =>
    stateLine({ ...state, omitted: state.omitted + entries.length - kept }, entries.slice(0, kept));
  let kept = Math.min(entries.length, MOST_FINDINGS);
  let line = withFirst(kept);
  while (line.length > STATE_ROOM) {
    kept = Math.floor(Math.min(kept * 0.8, (kept * STATE_ROOM) / line.length));
    line = withFirst(kept);
  }
  return line;
}

/** Reads the line out of our part of a body; never throws, whatever stands there. */
export function readState(ours: string): StoredState {
  const written = /^<!-- turnaway:state:(.*) -->$/m.exec(ours)?.[1];
  if (written === undefined) return { kind: "missing" };
  const [version, checksum, payload = ""] = written.split(":");
  if (version !== VERSION || checksum !== digest(payload)) return { kind: "damaged" };
  try {
    const json = inflateRawSync(Buffer.from(payload, "base64"), { maxOutputLength: 4_000_000 });
    const parsed = stateSchema.parse(JSON.parse(json.toString("utf8")));
    return { kind: "state", state: fromWire(parsed) };
  } catch {
    return { kind: "damaged" };
  }
}

/** Our part of a body without its state line: what {@link IssueState.written} is the digest of. */
export function withoutState(ours: string): string {
  return ours.replaceAll(/^<!-- turnaway:state:.*$\n?/gm, "");
}

/** A finding's key, or its digest when the key is too long to carry along. */
export function stateKey(key: string): string {
  return key.length <= KEY_LENGTH ? key : `#${digest(key)}`;
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const VERSION = "1";
const severityIndex = z
  .number()
  .int()
  .min(0)
  .max(SEVERITIES.length - 1);

// Short names, for it is text that people scroll past in the editor.
const stateSchema = z.strictObject({
  d: z.string(),
  v: z.enum(VERDICTS),
  c: z.number().int().nonnegative(),
  x: z.boolean(),
  t: z.string(),
  f: z.array(z.tuple([z.string(), z.number().int(), severityIndex])),
  o: z.number().int().nonnegative(),
  e: z.array(z.string()),
  l: z.enum(LOST_STATES).nullable(),
  n: z.number().int().nonnegative(),
  h: z.string(),
  w: z.string(),
});

function stateLine(
  state: IssueState,
  findings: readonly (readonly [string, StateFinding])[],
): string {
  const wire: z.input<typeof stateSchema> = {
    d: state.day,
    v: state.verdict,
    c: state.clearDays,
    x: state.closedByUs,
    t: state.title,
    f: findings.map(([key, { firstSeen, severity }]) => [
      key,
      firstSeen,
      SEVERITIES.indexOf(severity),
    ]),
    o: state.omitted,
    e: [...state.expiring].slice(0, 100),
    l: state.lost,
    n: state.continued,
    h: state.content,
    w: state.written,
  };
  const payload = deflateRawSync(JSON.stringify(wire), { level: 9 }).toString("base64");
  return `<!-- turnaway:state:${VERSION}:${digest(payload)}:${payload} -->`;
}

function fromWire(wire: z.output<typeof stateSchema>): IssueState {
  return {
    day: wire.d,
    verdict: wire.v,
    clearDays: wire.c,
    closedByUs: wire.x,
    title: wire.t,
    findings: new Map(
      wire.f.map(([key, firstSeen, severity]) => [
        key,
        { firstSeen, severity: SEVERITIES[severity]! },
      ]),
    ),
    omitted: wire.o,
    expiring: new Set(wire.e),
    lost: wire.l,
    continued: wire.n,
    content: wire.h,
    written: wire.w,
  };
}
