import type { KeyMute } from "@turnaway/core";
import { markdownCode, markdownText } from "@turnaway/report";
import { MUTE_USAGE } from "./parse-command.ts";
import type { Proposed } from "./propose-mute.ts";

/** The commit: a key is made of harmless characters, and the reason stays out of it. */
export function commitText({ key, until }: KeyMute, issue: number): string {
  return `Mute ${key} until ${until}\n\nAsked for in #${issue}.`;
}

export function pullText(
  { key, reason, owner, until }: KeyMute,
  issue: number,
): { title: string; body: string } {
  const title = `Mute ${key} until ${until}`;
  return {
    title: title.length <= 200 ? title : `Mute a finding until ${until}`,
    body: [
      `${markdownCode(owner)} asked for this in #${issue}:`,
      `- **Finding** ${markdownCode(key)}\n- **Reason** ${markdownText(reason)}\n- **Until** ${until}, that day included`,
      "It holds from the first report after it is merged, is announced a week before it ends, and is over after that day.",
    ].join("\n\n"),
  };
}

/** What a proposal is answered with, for the person who asked. */
export function proposedText(proposed: Proposed, { key, until }: KeyMute): string {
  const finding = markdownCode(key);
  switch (proposed.kind) {
    case "proposed":
      return `#${proposed.pull.number} mutes ${finding} until ${until}. It holds when that is merged.`;
    case "prepared":
      return `The change is on a branch, but this repository lets no workflow open pull requests: [open it yourself](<${proposed.compareUrl}>). It mutes ${finding} until ${until} when it is merged.`;
    case "unchanged":
      return `${finding} is muted until ${proposed.until} already, so there is nothing to change.`;
    case "unwritable":
      return `The mute can't be written: ${markdownText(proposed.why)} Write the comment again when that is mended.`;
  }
}

export function refusedText(why: string): string {
  return `Not muted: ${why}. Write the whole comment as ${markdownCode(MUTE_USAGE)}, with a key of this issue and an end of at most a year.`;
}
