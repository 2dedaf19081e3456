import { TurnawayError } from "@turnaway/core";

/** Somebody else changed an asset while this run was at work. */
export function conflict(subject: string, why: string): TurnawayError {
  return new TurnawayError("CONFLICT", {
    what: "somebody else was there",
    where: subject,
    why,
    fix: "look at `turnaway dashboards plan`, then run again, with --force to go over it",
  });
}
