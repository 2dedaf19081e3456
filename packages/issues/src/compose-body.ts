import type { Report } from "@turnaway/core";
import { ISSUE_ROOM, minus, renderIssue } from "@turnaway/report";
import { expiringMutes, nextFindings, reportDay } from "./compare.ts";
import {
  digest,
  stateKey,
  withoutState,
  writeState,
  type IssueState,
  type LostState,
  type StoredState,
} from "./issue-state.ts";
import { frame, joinBody } from "./markers.ts";

/** What the issue has to say, and the state that says so. */
export interface Composed {
  readonly body: string;
  readonly state: IssueState;
  /** Texts of the comments that continue the body. */
  readonly continued: readonly string[];
}

export interface ComposeInput {
  readonly report: Report;
  readonly name: string;
  readonly defang: boolean;
  readonly sources: readonly string[];
  /** What the issue says now; undefined for a new one. */
  readonly stored: StoredState | undefined;
  /** Text of people around ours. */
  readonly outside: { readonly before: string; readonly after: string };
  readonly title: string;
  readonly clearDays: number;
  readonly closedByUs: boolean;
  /** Markdown lines about the issue itself. */
  readonly notes: readonly string[];
}

/** The body with the state in it, within what GitHub takes. */
export function composeBody(input: ComposeInput): Composed {
  const { report, name, outside } = input;
  const day = reportDay(report);
  const state = stateBefore(input, day);
  const room = minus(
    ISSUE_ROOM,
    joinBody({ ...outside, ours: frame(name, day, `${writeState(state)}${SLACK}`) }),
  );
  const { body, receipt, comments } = renderIssue(report, {
    sources: input.sources,
    defang: input.defang,
    notes: [...input.notes, ...historyNote(state)],
    maxComments: MOST_COMMENTS,
    // A person's long text leaves little: then the issue is a little longer than we like.
    room: { units: Math.max(room.units, 4000), bytes: Math.max(room.bytes, 16_000) },
  });
  const text = receipt === "" ? body : `${body}\n\n${receipt}`;
  const bare = frame(name, day, `${text}\n`);
  const final: IssueState = {
    ...state,
    continued: comments.length,
    content: digest([body, ...comments].join("\u0000")),
    written: digest(bare),
  };
  const ours = frame(name, day, `${text}\n\n${writeState(final)}`);
  return { body: joinBody({ ...outside, ours }), state: final, continued: comments };
}

/** Whether our part of a body is still as it was written, by nobody touched. */
export function isUntouched(ours: string, state: IssueState): boolean {
  return digest(withoutState(ours)) === state.written;
}

// Each is a request more: a run makes at most ten.
const MOST_COMMENTS = 2;

// The state grows by the digests that are known last.
const SLACK = " ".repeat(200);

function stateBefore(input: ComposeInput, day: string): IssueState {
  const { report, stored } = input;
  const previous = stored?.kind === "state" ? stored.state : undefined;
  return {
    day,
    verdict: report.verdict,
    clearDays: input.clearDays,
    closedByUs: input.closedByUs,
    title: input.title,
    ...nextFindings(report, previous),
    expiring: new Set(expiringMutes(report).map(({ key }) => stateKey(key))),
    lost: lostOf(stored, day),
    continued: 0,
    content: "",
    written: "",
  };
}

// For all of the day, so that a rerun leaves the text as it is.
function lostOf(stored: StoredState | undefined, day: string): LostState | null {
  if (stored === undefined) return null;
  if (stored.kind !== "state") return stored.kind;
  return stored.state.day === day ? stored.state.lost : null;
}

function historyNote({ lost }: IssueState): string[] {
  if (lost === null) return [];
  return [
    `_Note:_ What this issue remembered of the last run was ${lost}. Its history is rebuilt from the rollup, and clear reports are counted anew.`,
  ];
}
