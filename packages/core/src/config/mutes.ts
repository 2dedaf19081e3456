import { z } from "zod";

import { isWithin } from "../addresses.ts";
import type { Finding } from "../report.ts";
import { addDays } from "../window.ts";
import { DETECTION_IDS } from "./detection-ids.ts";
import { addressOrCidr, day, line, port, text } from "./values.ts";
import { validate } from "./validate.ts";
import { readYaml } from "./yaml-source.ts";

const muteMatchSchema = z
  .strictObject({
    key: line(200).optional().describe("Key of one finding, as the report shows it"),
    detection: z.enum(DETECTION_IDS).optional().describe("Id of the detection"),
    client: addressOrCidr.optional().describe("Who asked: an address or a CIDR"),
    server: addressOrCidr.optional().describe("Who was asked: an address or a CIDR"),
    port: port.optional().describe("Service port"),
    protocol: text(/^[a-z0-9]+$/, "a protocol such as tcp")
      .optional()
      .describe("Protocol, as the report shows it"),
  })
  .refine((match) => Object.keys(match).length > 0, {
    error: "at least one of key, detection, client, server, port, protocol",
  })
  .describe("Which findings: every key that is given must match");

/** A text with its defanged addresses as they are: `203.0.113[.]7` is 203.0.113.7. */
export function refang(text: string): string {
  return text.replaceAll(/\[([.:])\]/g, "$1");
}

/** `mutes.yml`: findings that somebody answers for, each with a reason and an end. */
export const mutesSchema = z
  .array(
    z.strictObject({
      match: muteMatchSchema,
      reason: line(500).describe("Why nobody needs to act"),
      owner: line(100).describe("Who answers for it"),
      until: day.describe("Last day on which it holds, YYYY-MM-DD"),
    }),
  )
  .meta({ title: "Turnaway mutes" });

export type Mute = Readonly<z.output<typeof mutesSchema>[number]>;

/** `expiring` is still in force, and ends within {@link EXPIRY_NOTICE_DAYS}. */
export type MuteState = "in-force" | "expiring" | "expired";

/** How long before its end a mute is announced as expiring. */
export const EXPIRY_NOTICE_DAYS = 7;

/**
 * Parses the text of `mutes.yml`; empty text is no mutes.
 *
 * @throws TurnawayError `CONFIG` whose details are all issues of the file.
 */
export function parseMutes(text: string, fileName: string): readonly Mute[] {
  const source = readYaml(text, fileName);
  return validate(mutesSchema, { ...source, value: source.value ?? [] });
}

/**
 * The mute that speaks for a finding on a day, and whether it still holds.
 *
 * Of several the one that holds longest counts, so an expired one never
 * hides one in force. The last day itself is muted.
 */
export function matchMute(
  finding: MutableFinding,
  mutes: readonly Mute[],
  today: string,
): { readonly mute: Mute; readonly state: MuteState } | undefined {
  const mute = mutes
    .filter(({ match }) => matches(match, finding))
    .reduce<Mute | undefined>(
      (best, one) => (best && best.until >= one.until ? best : one),
      undefined,
    );
  return mute && { mute, state: stateOn(mute.until, today) };
}

/** What a mute looks at. */
export interface MutableFinding extends Pick<
  Finding,
  "key" | "detection" | "client" | "server" | "port" | "protocol"
> {
  /** The key as a masked report shows it, and as people paste it. */
  readonly postedKey?: string;
}

function matches(match: Mute["match"], finding: MutableFinding): boolean {
  return (
    (match.key === undefined || isKeyOf(finding, match.key)) &&
    (match.detection === undefined || match.detection === finding.detection) &&
    (match.client === undefined || isWithin(finding.client, match.client)) &&
    (match.server === undefined || isWithin(finding.server, match.server)) &&
    (match.port === undefined || match.port === finding.port) &&
    (match.protocol === undefined || match.protocol === finding.protocol)
  );
}

// As it is, as it was posted with a mask, or as it was posted defanged.
function isKeyOf({ key, postedKey }: MutableFinding, written: string): boolean {
  const plain = refang(written);
  return plain === key || plain === postedKey;
}

function stateOn(until: string, today: string): MuteState {
  if (until < today) return "expired";
  return until <= addDays(today, EXPIRY_NOTICE_DAYS) ? "expiring" : "in-force";
}
