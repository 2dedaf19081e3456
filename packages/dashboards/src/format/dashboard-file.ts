import { type Group, isGroup, type Path } from "../model/tree.ts";
import { filterGroups } from "./filter-groups.ts";
import { lengthen, type Lens, placeOf, shorten } from "./lens.ts";
import { group, implying, plain, plainList, text, word } from "./plain-lenses.ts";
import { byId, memberToApi, memberToFile, placeInMember, type UnionMember } from "./union-lens.ts";

/** What `dashboard.yml` says of the definition: all but its data sets, sheets and visuals. */
export function dashboardToApi(written: Group): Group {
  return lengthen(LENSES, written);
}

/** The reverse of {@link dashboardToApi}. */
export function dashboardToFile(definition: Group): Group {
  return shorten(LENSES, definition);
}

/** Where a part of the definition stands in `dashboard.yml`. */
export function placeInDashboard(written: Group, path: Path): Path {
  return placeOf(LENSES, written, path);
}

const LENSES: readonly Lens[] = [
  plain("timezone", "Options", "Timezone"),
  word("week-starts", "Options", "WeekStart"),
  parameters(),
  calculatedFields(),
  filterGroups(),
];

function parameters(): Lens {
  const value = plainList("default", "DefaultValues", "StaticValues");
  const unset = word("unset", "ValueWhenUnset", "ValueWhenUnsetOption");
  const select = implying("SINGLE_VALUED", word("select", "ParameterValueType"));
  const members: readonly UnionMember[] = [
    { name: "text", member: "StringParameterDeclaration", lenses: [select, value, unset] },
    { name: "integer", member: "IntegerParameterDeclaration", lenses: [select, value, unset] },
    { name: "decimal", member: "DecimalParameterDeclaration", lenses: [select, value, unset] },
    {
      name: "date",
      member: "DateTimeParameterDeclaration",
      lenses: [word("granularity", "TimeGranularity"), value, unset],
    },
  ];
  return byId("parameters", ["ParameterDeclarations"], {
    toApi: (written, Name) => {
      const [[member, body]] = Object.entries(memberToApi(members, written)) as [[string, Group]];
      return { [member]: { Name, ...body } };
    },
    toFile: (declaration) => {
      const [entry] = Object.entries(declaration);
      if (entry === undefined || !isGroup(entry[1])) return undefined;
      const { Name, ...body } = entry[1];
      const written = memberToFile(members, { ...declaration, [entry[0]]: body });
      return written === undefined ? undefined : [String(Name), written];
    },
    place: (path, written) => placeInMember(members, written, path),
  });
}

/** Calculated fields by data set and name. */
function calculatedFields(): Lens {
  return {
    key: "calculated-fields",
    path: ["CalculatedFields"],
    toApi: (written) =>
      Object.entries(group(written)).flatMap(([DataSetIdentifier, fields]) =>
        Object.entries(group(fields)).map(([Name, expression]) => ({
          DataSetIdentifier,
          Name,
          Expression: text(expression),
        })),
      ),
    toFile: (part) => {
      if (!Array.isArray(part) || !part.every(isGroup) || part.length === 0) return undefined;
      const written: Record<string, Record<string, unknown>> = {};
      for (const { DataSetIdentifier, Name, Expression } of part) {
        const dataSet = (written[String(DataSetIdentifier)] ??= {});
        dataSet[String(Name)] = Expression;
      }
      return written;
    },
    place: ([index], written) => {
      const places = Object.entries(isGroup(written) ? written : {}).flatMap(([dataSet, fields]) =>
        Object.keys(isGroup(fields) ? fields : {}).map((name) => [dataSet, name]),
      );
      return places[Number(index ?? 0)] ?? [];
    },
  };
}
