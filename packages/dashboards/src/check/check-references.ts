import { didYouMean } from "@turnaway/core";

import type { ShapeProblem } from "../model/check-shape.ts";
import { eachGroup, type Group, isGroup, partAt, type Path } from "../model/tree.ts";

/** Everything in a definition that is named and that nothing declares, or that two things declare. */
export function checkReferences(definition: Group): ShapeProblem[] {
  const names = declaredIn(definition);
  const problems = names.flatMap(({ kind, declared }) => duplicates(kind, declared));
  eachGroup(definition, (group, path) => {
    for (const { kind, members, declared } of names) {
      for (const member of members)
        problems.push(...undeclared({ kind, declared }, group, [path, member]));
    }
    if (typeof group["FieldId"] !== "string") return;
    const problem = unknownField(definition, group["FieldId"], path);
    if (problem !== undefined) problems.push(problem);
  });
  return [...problems, ...unknownElements(definition), ...unknownInText(definition, names)];
}

/** One kind of name: where it is declared, and the members of the API that refer to it. */
interface Names {
  readonly kind: string;
  readonly declared: ReadonlyMap<string, readonly Path[]>;
  readonly members: readonly string[];
}

function declaredIn(definition: Group): readonly Names[] {
  const found = (member: string, ...within: readonly string[]): Map<string, Path[]> => {
    const all = new Map<string, Path[]>();
    eachGroup(definition, (group, path) => {
      const name = group[member];
      if (typeof name !== "string" || !within.some((step) => path.includes(step))) return;
      all.set(name, [...(all.get(name) ?? []), [...path, member]]);
    });
    return all;
  };
  const sheets = found("SheetId", "Sheets", "TooltipSheets");
  return [
    {
      kind: "data set",
      declared: found("Identifier", "DataSetIdentifierDeclarations"),
      members: ["DataSetIdentifier"],
    },
    {
      kind: "parameter",
      declared: found("Name", "ParameterDeclarations"),
      members: ["ParameterName", "SourceParameterName", "DestinationParameterName", "Parameter"],
    },
    { kind: "filter", declared: found("FilterId", "FilterGroups"), members: ["SourceFilterId"] },
    { kind: "filter group", declared: found("FilterGroupId", "FilterGroups"), members: [] },
    {
      kind: "visual",
      declared: found("VisualId", "Visuals"),
      members: ["VisualIds", "TargetVisuals"],
    },
    {
      kind: "control of a filter",
      declared: found("FilterControlId", "FilterControls"),
      members: [],
    },
    {
      kind: "control of a parameter",
      declared: found("ParameterControlId", "ParameterControls"),
      members: [],
    },
    { kind: "sheet", declared: withoutScopes(sheets), members: ["TargetSheetId", "SheetId"] },
  ];
}

// A scope of a filter names a sheet by the same member that declares one.
function withoutScopes(sheets: ReadonlyMap<string, readonly Path[]>): Map<string, Path[]> {
  return new Map(
    [...sheets]
      .map(([id, paths]) => [id, paths.filter((path) => path.length === 3)] as const)
      .filter(([, paths]) => paths.length > 0),
  );
}

function duplicates(kind: string, declared: ReadonlyMap<string, readonly Path[]>): ShapeProblem[] {
  return [...declared].flatMap(([name, paths]) =>
    paths.slice(1).map((path) => ({
      path,
      what: `${kind} ${name} is declared twice`,
      why: "each has a name of its own",
    })),
  );
}

function undeclared(
  { kind, declared }: Pick<Names, "kind" | "declared">,
  group: Group,
  [path, member]: readonly [Path, string],
): ShapeProblem[] {
  const value = group[member];
  const names = Array.isArray(value) ? value : [value];
  return names.flatMap((name: unknown, i): ShapeProblem[] => {
    if (typeof name !== "string" || declared.has(name)) return [];
    const place = [...path, member, ...(Array.isArray(value) ? [i] : [])];
    return [unknown(kind, name, { known: [...declared.keys()], path: place })];
  });
}

function unknown(
  kind: string,
  name: string,
  { known, path }: { readonly known: readonly string[]; readonly path: Path },
): ShapeProblem {
  const fix = didYouMean(name, known);
  const all =
    known.length === 0 ? `there is no ${kind}` : `declared are ${known.slice(0, 20).join(", ")}`;
  return {
    path,
    what: `unknown ${kind} ${name}`,
    why: all,
    ...(fix === undefined ? {} : { fix }),
  };
}

// Orders, headings and formats speak of the fields in the wells of their own visual.
function unknownField(definition: Group, id: string, path: Path): ShapeProblem | undefined {
  const visual = path.indexOf("Visuals");
  if (visual < 0 || path.includes("FieldWells") || path.includes("MapLayers")) return undefined;
  const known = new Set<string>();
  eachGroup(partAt(definition, path.slice(0, visual + 2)), ({ FieldId }, below) => {
    if (typeof FieldId === "string" && below.includes("FieldWells")) known.add(FieldId);
  });
  if (known.has(id) || known.size === 0) return undefined;
  return unknown("field", id, { known: [...known], path });
}

const ELEMENT_IDS = [
  "VisualId",
  "FilterControlId",
  "ParameterControlId",
  "SheetTextBoxId",
  "SheetImageId",
];

function unknownElements(definition: Group): ShapeProblem[] {
  const sheets = definition["Sheets"];
  return (Array.isArray(sheets) ? sheets : []).flatMap((sheet: unknown, i) => {
    const known = new Set<string>();
    eachGroup(sheet, (group) => {
      for (const member of ELEMENT_IDS) {
        if (typeof group[member] === "string") known.add(group[member]);
      }
    });
    const problems: ShapeProblem[] = [];
    eachGroup(sheet, ({ ElementId }, path) => {
      if (typeof ElementId !== "string" || known.has(ElementId)) return;
      problems.push(
        unknown("element", ElementId, { known: [...known], path: ["Sheets", i, ...path] }),
      );
    });
    return problems;
  });
}

/** `${name}` in an expression or a text is a parameter. */
function unknownInText(definition: Group, names: readonly Names[]): ShapeProblem[] {
  const parameters = names.find(({ kind }) => kind === "parameter")!.declared;
  const fields = definition["CalculatedFields"];
  return (Array.isArray(fields) ? fields : []).flatMap((field: unknown, i): ShapeProblem[] => {
    const expression = isGroup(field) ? field["Expression"] : undefined;
    if (typeof expression !== "string") return [];
    const used = [...expression.matchAll(/\$\{([^}]+)\}/g)].map((match) => match[1]!.trim());
    return used
      .filter((name) => !parameters.has(name))
      .map((name) =>
        unknown("parameter", name, {
          known: [...parameters.keys()],
          path: ["CalculatedFields", i],
        }),
      );
  });
}
