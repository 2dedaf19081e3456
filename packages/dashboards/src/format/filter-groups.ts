import { type Group, isGroup, type Path } from "../model/tree.ts";
import { FILTER_TYPES } from "./filter-types.ts";
import { type Lens, lengthen, Misread, placeOf, shorten } from "./lens.ts";
import { group, implying, listOf, text, word } from "./plain-lenses.ts";
import { byId, memberToApi, memberToFile, placeInMember } from "./union-lens.ts";

/**
 * Groups of filters by id. A group is mostly one filter, which then stands without a list:
 *
 *     account:
 *       type: category
 *       data-set: rejects
 *       column: account_id
 *       match: all
 */
export function filterGroups(): Lens {
  return byId("filters", ["FilterGroups"], {
    toApi: (written, id) => {
      const [outer, filters] = parted(written);
      const Filters = filters.map((filter, i) =>
        filterToApi(filter, { id, i, alone: isAlone(written) }),
      );
      return { FilterGroupId: id, ...lengthen(GROUP, outer, { id }), Filters };
    },
    toFile: ({ FilterGroupId: id, Filters, ...rest }) => {
      const filters = listOf(Filters).map((filter) => filterToFile(filter, String(id)));
      const known = filters.filter((filter) => filter !== undefined);
      if (!Array.isArray(Filters) || known.length < filters.length) return undefined;
      const outer = shorten(GROUP, rest);
      const [only, ...more] = known;
      const inline = only !== undefined && more.length === 0 && outer["api"] === undefined;
      return [String(id), inline ? { ...only, ...outer } : { filters: known, ...outer }];
    },
    place: placeInGroup,
  });
}

const GROUP: readonly Lens[] = [
  scope(),
  implying("SINGLE_DATASET", word("across", "CrossDataset")),
  word("status", "Status"),
];

const GROUP_KEYS = new Set(GROUP.map(({ key }) => key));

function isAlone(written: Group): boolean {
  return written["filters"] === undefined;
}

// What is said of the group, and its filters.
function parted(written: Group): readonly [outer: Group, filters: readonly unknown[]] {
  if (!isAlone(written)) {
    const { filters, ...outer } = written;
    return [outer, Array.isArray(filters) ? filters : [filters]];
  }
  const entries = Object.entries(written);
  const isOuter = ([key]: readonly [string, unknown]): boolean => GROUP_KEYS.has(key);
  return [
    Object.fromEntries(entries.filter(isOuter)),
    [Object.fromEntries(entries.filter((entry) => !isOuter(entry)))],
  ];
}

function filterToApi(
  written: unknown,
  { id, i, alone }: { readonly id: string; readonly i: number; readonly alone: boolean },
): Group {
  try {
    const { "data-set": dataSet, ...rest } = group(written);
    return memberToApi(FILTER_TYPES, rest, {
      id,
      ...(dataSet === undefined ? {} : { dataSet: text(dataSet) }),
    });
  } catch (cause) {
    if (!(cause instanceof Misread) || alone) throw cause;
    throw new Misread(cause.message, ["filters", i, ...cause.path]);
  }
}

function filterToFile(filter: unknown, id: string): Group | undefined {
  const [body] = isGroup(filter) ? Object.values(filter) : [];
  const column = isGroup(body) ? body["Column"] : undefined;
  const dataSet = isGroup(column) ? column["DataSetIdentifier"] : undefined;
  const isKnown = typeof dataSet === "string";
  const written = memberToFile(FILTER_TYPES, filter, { id, ...(isKnown ? { dataSet } : {}) });
  if (written === undefined) return undefined;
  const { type, ...rest } = written;
  return { type, ...(isKnown ? { "data-set": dataSet } : {}), ...rest };
}

function placeInGroup(path: Path, written: Group): Path {
  const [member, index, ...below] = path;
  if (member !== "Filters") {
    return placeOf(GROUP, isAlone(written) ? parted(written)[0] : written, path);
  }
  const [, filters] = parted(written);
  const filter = filters[Number(index)];
  const inner = isGroup(filter) ? placeInMember(FILTER_TYPES, filter, below) : [];
  return isAlone(written) ? inner : ["filters", Number(index), ...inner];
}

/** `all-sheets`, or a map of sheet to `all` or to a list of visuals. */
function scope(): Lens {
  return {
    key: "scope",
    path: ["ScopeConfiguration"],
    implied: { AllSheets: {} },
    toApi: (written) => {
      if (written === "all-sheets") return { AllSheets: {} };
      return {
        SelectedSheets: {
          SheetVisualScopingConfigurations: Object.entries(group(written)).map(
            ([SheetId, visuals]) =>
              visuals === "all"
                ? { SheetId, Scope: "ALL_VISUALS" }
                : { SheetId, Scope: "SELECTED_VISUALS", VisualIds: listOf(visuals).map(text) },
          ),
        },
      };
    },
    toFile: (part) => {
      const selected: unknown = isGroup(part) ? part["SelectedSheets"] : undefined;
      const sheets = isGroup(selected) ? selected["SheetVisualScopingConfigurations"] : undefined;
      if (!Array.isArray(sheets) || !sheets.every(isGroup)) return undefined;
      return Object.fromEntries(
        sheets.map(({ SheetId, Scope, VisualIds }) => [
          String(SheetId),
          Scope === "ALL_VISUALS" ? "all" : (VisualIds ?? []),
        ]),
      );
    },
  };
}
