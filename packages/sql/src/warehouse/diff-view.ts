import { diffArrays } from "diff";

import { isOurView } from "./compose-views.ts";
import { viewWords } from "./normalize-view.ts";

/**
 * What deploying changes in a view, by meaning: words that go as `[-old-]`, words that come as
 * `{+new+}`, each change with the words beside it. Style is no change, so a text that an engine
 * printed can be compared with the file's. Empty where the two mean the same.
 */
export function diffView(live: string, wanted: string): readonly string[] {
  const parts = diffArrays(wordsWithoutMark(live), wordsWithoutMark(wanted));
  const changes: string[] = [];
  for (const [i, part] of parts.entries()) {
    if (!isChange(part) || isChange(parts[i - 1])) continue;
    const end = parts.findIndex((other, at) => at > i && !isChange(other));
    const changed = parts.slice(i, end === -1 ? undefined : end);
    const text = changed.map(({ added, value }) =>
      added ? `{+${value.join(" ")}+}` : `[-${value.join(" ")}-]`,
    );
    const before = parts[i - 1]?.value.slice(-BESIDE) ?? [];
    const after = end === -1 ? [] : parts[end]!.value.slice(0, BESIDE);
    changes.push([...before, ...text, ...after].join(" "));
  }
  return changes;
}

// The mark has the hash of the text: it changes with everything, and says nothing.
function wordsWithoutMark(text: string): string[] {
  return viewWords(text).filter((word) => !isOurView(word));
}

/** Words that tell where in a view a change is. */
const BESIDE = 4;

function isChange(part: { added: boolean; removed: boolean } | undefined): boolean {
  return part !== undefined && (part.added || part.removed);
}
