import { type ErrorDetail, TurnawayError } from "@turnaway/core";

import {
  changesOf,
  type DeployPlan,
  type PlacedChange,
  type PreflightNote,
} from "./deploy-plan.ts";

/** What a person has agreed to, by flags. */
export interface Allowed {
  /** `--allow-destroy`: what is destroyed, and what is made anew in place of the old. */
  readonly destroy: boolean;
  /** `--allow-replace-data`: the same of what holds data. */
  readonly replaceData: boolean;
}

/** @throws TurnawayError CONFIG with all that the preflight found wrong. */
export function refuseErrors(notes: readonly PreflightNote[]): void {
  const details = notes.flatMap(({ level, what, fix }): ErrorDetail[] =>
    level === "error"
      ? [{ what: "nothing is deployed", why: what, ...(fix !== null && { fix }) }]
      : [],
  );
  if (details.length > 0) throw new TurnawayError("CONFIG", details);
}

/** @throws TurnawayError USAGE with what would go, and the flag that allows it. */
export function refuseDestruction(plan: DeployPlan, allow: Allowed): void {
  if (!plan.compared) {
    throw new TurnawayError("USAGE", {
      what: "nothing is deployed",
      why: "the plan was not compared with what is live, so nobody knows what it destroys",
      fix: "sign in to AWS, and run again",
    });
  }
  const grave = changesOf(plan, ["destroy", "replace", "may-replace"]);
  const details = grave.flatMap((change): ErrorDetail[] => {
    const flag = missingFlag(change, allow);
    if (flag === null) return [];
    const { type, path, stack, properties } = change;
    const because = properties.length === 0 ? "" : ` (${properties.join(", ")} changed)`;
    return [
      {
        what: "nothing is deployed",
        where: stack,
        why: `${type} ${path} would be ${VERBS[change.what] ?? change.what}${because}`,
        fix: `read the plan, and run again with ${flag}`,
      },
    ];
  });
  if (details.length > 0) throw new TurnawayError("USAGE", details);
}

const VERBS: Readonly<Partial<Record<PlacedChange["what"], string>>> = {
  destroy: "destroyed",
  replace: "replaced",
  "may-replace": "changed in a way that may replace it",
};

function missingFlag({ type }: PlacedChange, { destroy, replaceData }: Allowed): string | null {
  if (!HOLD_DATA.has(type)) return destroy ? null : "--allow-destroy";
  return replaceData ? null : "--allow-replace-data";
}

/** What people would miss. Most of it stays in the account; nothing finds it there any longer. */
const HOLD_DATA = new Set([
  "AWS::S3::Bucket",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::Glue::Database",
]);
