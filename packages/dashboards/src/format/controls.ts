import { plain, word } from "./plain-lenses.ts";
import { byId, memberToApi, memberToFile, placeInMember, type UnionMember } from "./union-lens.ts";
import { implying } from "./plain-lenses.ts";
import { ITS_ID, type Lens } from "./lens.ts";

/** Controls of filters on a sheet, by id. */
export function filterControls(): Lens {
  return controls("filter-controls", "FilterControls", {
    idMember: "FilterControlId",
    members: {
      "date-time-picker": "DateTimePicker",
      list: "List",
      dropdown: "Dropdown",
      "text-field": "TextField",
      "text-area": "TextArea",
      slider: "Slider",
      "relative-date": "RelativeDateTime",
      "cross-sheet": "CrossSheet",
      "hierarchy-list": "HierarchyList",
      "hierarchy-dropdown": "HierarchyDropdown",
    },
    source: plain("filter", "SourceFilterId"),
  });
}

/** Controls of parameters on a sheet, by id. */
export function parameterControls(): Lens {
  return controls("parameter-controls", "ParameterControls", {
    idMember: "ParameterControlId",
    members: {
      "date-time-picker": "DateTimePicker",
      list: "List",
      dropdown: "Dropdown",
      "text-field": "TextField",
      "text-area": "TextArea",
      slider: "Slider",
    },
    source: plain("parameter", "SourceParameterName"),
  });
}

function controls(
  key: string,
  member: string,
  what: {
    readonly idMember: string;
    readonly members: Readonly<Record<string, string>>;
    readonly source: Lens;
  },
): Lens {
  const id = implying(ITS_ID, plain("id", what.idMember));
  const lenses = [id, what.source, plain("title", "Title"), word("select", "Type")];
  const members: readonly UnionMember[] = Object.entries(what.members).map(([name, member]) => ({
    name,
    member,
    lenses,
  }));
  return byId(key, [member], {
    toApi: (written, id) => memberToApi(members, written, { id }),
    toFile: (api) => {
      const [body] = Object.values(api) as Record<string, unknown>[];
      const id = String(body?.[what.idMember]);
      const written = memberToFile(members, api, { id });
      return written === undefined ? undefined : [id, written];
    },
    place: (path, written) => placeInMember(members, written, path),
  });
}
