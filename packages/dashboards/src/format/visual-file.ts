import { eachGroup, type Group, isGroup, type Path } from "../model/tree.ts";
import { Misread } from "./lens.ts";
import { text } from "./plain-lenses.ts";
import { memberToApi, memberToFile, placeInMember } from "./union-lens.ts";
import { VISUAL_TYPES } from "./visual-types.ts";

/** The API's visual of a file; its id is the file's name. @throws Misread */
export function visualToApi(written: Group, id: string): Group {
  const { "data-set": dataSet, ...rest } = written;
  const scope = { id, ...(dataSet === undefined ? {} : { dataSet: text(dataSet) }) };
  const visual = memberToApi(VISUAL_TYPES, rest, scope);
  const [[member, body]] = Object.entries(visual) as [[string, Group]];
  if (body["VisualId"] !== undefined) {
    throw new Misread("the name of the file is the id", ["api", "VisualId"]);
  }
  return { [member]: { VisualId: id, ...body } };
}

/** A visual of the API as its id and its file; undefined where its union is not one thing. */
export function visualToFile(visual: unknown): readonly [id: string, written: Group] | undefined {
  if (!isGroup(visual)) return undefined;
  const [entry, ...more] = Object.entries(visual);
  if (entry === undefined || more.length > 0 || !isGroup(entry[1])) return undefined;
  const [member, { VisualId, ...body }] = entry;
  const dataSet = dataSetOf(body);
  const written = memberToFile(
    VISUAL_TYPES,
    { [member]: body },
    { id: String(VisualId), ...(dataSet === undefined ? {} : { dataSet }) },
  );
  if (written === undefined) return undefined;
  const { type, title, subtitle, ...rest } = written;
  const top = { type, title, subtitle, "data-set": dataSet };
  const given = Object.entries(top).filter(([, value]) => value !== undefined);
  return [String(VisualId), { ...Object.fromEntries(given), ...rest }];
}

/** Where a part of the API's visual stands in its file. */
export function placeInVisual(written: Group, path: Path): Path {
  return placeInMember(VISUAL_TYPES, written, path);
}

// A visual shows one data set: the first column that it names says which.
function dataSetOf(body: Group): string | undefined {
  let found: string | undefined;
  eachGroup(body, ({ DataSetIdentifier }) => {
    if (found === undefined && typeof DataSetIdentifier === "string") found = DataSetIdentifier;
  });
  return found;
}
