import { addDays, refang } from "@turnaway/core";
import { visibleText } from "@turnaway/report";

/** What a comment asks for. */
export type MuteCommand =
  /** It is no command: people talk. */
  | { readonly kind: "none" }
  | { readonly kind: "wrong"; readonly why: string }
  | {
      readonly kind: "mute";
      readonly key: string;
      /** Last day on which it holds. */
      readonly until: string;
      readonly reason: string;
    };

/** How it is written, for every answer that explains. */
export const MUTE_USAGE = "/mute KEY 30d REASON";

/**
 * Reads `/mute KEY 30d REASON` out of a comment; anybody may have written it.
 *
 * It is the whole comment, on one line. The time is days, weeks (`2w`) or the last day; the key may
 * stand in backticks, as it is copied from the issue. What is not exactly that is refused with the
 * reason, in words of ours alone.
 *
 * @param today YYYY-MM-DD, where the days begin to count.
 */
export function parseMuteCommand(comment: string, today: string): MuteCommand {
  const line = comment.trim();
  if (!/^\/mute(?!\S)/.test(line)) return { kind: "none" };
  if (/[\r\n]/.test(line)) return wrong("it has more than one line");
  if (line.length > MOST_CHARACTERS) {
    return wrong(`it has more than ${MOST_CHARACTERS} characters`);
  }
  if (visibleText(line, MOST_CHARACTERS) !== line.replaceAll(/\s/g, " ")) {
    return wrong("it holds characters that can't be seen");
  }
  const [, written = "", span = "", ...rest] = line.split(/\s+/);
  const key = refang(written.replaceAll(/^`+|`+$/g, ""));
  if (!KEY.test(key)) {
    return wrong(written === "" ? "it has no key" : "its first word is not the key of a finding");
  }
  const until = lastDay(span, today);
  if (until === undefined) {
    return wrong(
      `its second word is not a time: 1d to ${MOST_DAYS}d, weeks such as 2w, or a day to come within ${MOST_DAYS} days such as ${addDays(today, 30)}`,
    );
  }
  const reason = rest.join(" ");
  if (reason === "") return wrong("it has no reason, and whoever reads it later wants to know");
  if (reason.length > MOST_OF_REASON) {
    return wrong(`its reason is longer than ${MOST_OF_REASON} characters`);
  }
  return { kind: "mute", key, until, reason };
}

const MOST_CHARACTERS = 1000;
const MOST_OF_REASON = 500;
const MOST_DAYS = 366;

// What keys are made of: no space, nothing that GitHub or YAML reads into it.
const KEY = /^[a-z][A-Za-z0-9._:/>+-]{0,199}$/;

function wrong(why: string): MuteCommand {
  return { kind: "wrong", why };
}

function lastDay(span: string, today: string): string | undefined {
  const [, count, unit] = /^(\d{1,3})([dw])$/.exec(span) ?? [];
  const day = count === undefined ? span : addDays(today, Number(count) * (unit === "w" ? 7 : 1));
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && isReal(day);
  return isDay && day > today && day <= addDays(today, MOST_DAYS) ? day : undefined;
}

function isReal(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
