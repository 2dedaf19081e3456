import type { Finding } from "@turnaway/core";
import { visibleText } from "../../escape/visible-text.ts";
import { isBlankedKey } from "../../mask/placeholders.ts";

/**
 * The lines to paste into `mutes.yml`, collapsed. The key is written as a JSON string, which YAML
 * reads as one too; the reason is left for the person to say. Empty for a key that was masked
 * beyond telling: a mute of it would hide other findings, too.
 */
export function muteLines({ key, owner }: Finding, until: string): string {
  if (isBlankedKey(key)) return "";
  return [
    "<details>",
    "<summary>Mute it</summary>",
    "",
    "```yaml",
    `- match: { key: ${quoted(key)} }`,
    "  reason: SAY WHY",
    `  owner: ${quoted(owner ?? "SAY WHO")}`,
    `  until: ${until}`,
    "```",
    "",
    "</details>",
  ].join("\n");
}

// Never begins a line, so it can't close the fence; `##[` would be a command in the log of a job.
function quoted(text: string): string {
  return JSON.stringify(visibleText(text)).replaceAll("##[", String.raw`#\u0023[`);
}
