import type { Dashboard } from "../dashboard.ts";
import { VISUAL_TYPES } from "../format/visual-types.ts";
import { type Group, isGroup, partAt } from "../model/tree.ts";
import { plainText } from "./plain-text.ts";

/** A visual of a definition. */
export interface FoundVisual {
  readonly id: string;
  readonly sheet: string;
  /** The word of the files. */
  readonly type: string;
  readonly title: string | null;
  readonly subtitle: string | null;
  /** What the member of the union holds. */
  readonly body: Group;
}

/** Every visual of a dashboard, in the order of the sheets. */
export function visualsOf({ definition }: Dashboard): readonly FoundVisual[] {
  return (definition.Sheets ?? []).flatMap(({ SheetId: sheet = "", Visuals = [] }) =>
    (Visuals as unknown as readonly Group[]).flatMap((visual) =>
      Object.entries(visual).flatMap(([member, body]): readonly FoundVisual[] => {
        if (!isGroup(body)) return [];
        const type = VISUAL_TYPES.find((one) => one.member === member)?.name ?? member;
        const texts = { title: textOf(body, "Title"), subtitle: textOf(body, "Subtitle") };
        return [{ id: String(body["VisualId"]), sheet, type, ...texts, body }];
      }),
    ),
  );
}

function textOf(body: Group, key: string): string | null {
  if (partAt(body, [key, "Visibility"]) === "HIDDEN") return null;
  const plain = partAt(body, [key, "FormatText", "PlainText"]);
  if (typeof plain === "string") return plain;
  const rich = partAt(body, [key, "FormatText", "RichText"]);
  return typeof rich === "string" ? plainText(rich) : null;
}
