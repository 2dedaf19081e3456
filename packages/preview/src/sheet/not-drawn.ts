import type { NotDrawable } from "@turnaway/dashboards";

/** Why a visual is not drawn, as a sentence. */
export function notDrawnText({ type, reason }: NotDrawable): string {
  const kind = type === "" ? "visual" : type.replaceAll("-", " ");
  return `Not drawn here (${kind}): ${reason}.`;
}
