import { type Group, isGroup } from "../model/tree.ts";
import { ITS_ID, type Lens } from "./lens.ts";
import { group, implying, named, plain, plainList, text, word } from "./plain-lenses.ts";
import { memberToApi, memberToFile, type UnionMember } from "./union-lens.ts";

/** Every member of the union `Filter`, with the short forms of its parts. */
export const FILTER_TYPES: readonly UnionMember[] = [
  filter("category", "CategoryFilter", [
    named("match", ["Configuration"], {
      all: {
        FilterListConfiguration: {
          MatchOperator: "CONTAINS",
          SelectAllOptions: "FILTER_ALL_VALUES",
        },
      },
    }),
    parameterMatch(),
    ...values("values", "CONTAINS"),
    ...values("but-not", "DOES_NOT_CONTAIN"),
  ]),
  filter("numeric-range", "NumericRangeFilter", [
    plain("minimum", "RangeMinimum", "StaticValue"),
    plain("minimum-parameter", "RangeMinimum", "Parameter"),
    plain("maximum", "RangeMaximum", "StaticValue"),
    plain("maximum-parameter", "RangeMaximum", "Parameter"),
    plain("with-minimum", "IncludeMinimum"),
    plain("with-maximum", "IncludeMaximum"),
  ]),
  filter("numeric-equality", "NumericEqualityFilter", [
    plain("value", "Value"),
    plain("parameter", "ParameterName"),
    word("match", "MatchOperator"),
  ]),
  filter("time-equality", "TimeEqualityFilter", [
    plain("value", "Value"),
    plain("parameter", "ParameterName"),
    word("granularity", "TimeGranularity"),
  ]),
  filter("time-range", "TimeRangeFilter", [
    plain("from", "RangeMinimumValue", "StaticValue"),
    plain("from-parameter", "RangeMinimumValue", "Parameter"),
    plain("to", "RangeMaximumValue", "StaticValue"),
    plain("to-parameter", "RangeMaximumValue", "Parameter"),
    plain("with-from", "IncludeMinimum"),
    plain("with-to", "IncludeMaximum"),
    word("granularity", "TimeGranularity"),
  ]),
  filter("relative-dates", "RelativeDatesFilter", [
    word("period", "RelativeDateType"),
    plain("periods", "RelativeDateValue"),
    word("granularity", "TimeGranularity"),
    word("anchor", "AnchorDateConfiguration", "AnchorOption"),
    plain("anchor-parameter", "AnchorDateConfiguration", "ParameterName"),
    word("smallest", "MinimumGranularity"),
  ]),
  filter("top-bottom", "TopBottomFilter", [
    plain("limit", "Limit"),
    plain("parameter", "ParameterName"),
    word("granularity", "TimeGranularity"),
  ]),
  filter("nested", "NestedFilter", [plain("inside", "IncludeInnerSet")]),
  filter("hierarchy", "HierarchyFilter", []),
];

function filter(name: string, member: string, lenses: readonly Lens[]): UnionMember {
  const common = [
    implying(ITS_ID, plain("id", "FilterId")),
    columnOf(),
    ...lenses,
    word("nulls", "NullOption"),
    defaultControl(),
  ];
  return { name, member, lenses: common };
}

// `column: rejects.account_id` would break at a column with a dot, so the parts are two.
function columnOf(): Lens {
  return {
    key: "column",
    path: ["Column"],
    toApi: (written, { dataSet }) => ({
      ...(dataSet === undefined ? {} : { DataSetIdentifier: dataSet }),
      ColumnName: text(written),
    }),
    toFile: (part) => (isGroup(part) ? part["ColumnName"] : undefined),
  };
}

function values(key: string, MatchOperator: string): Lens[] {
  const base = ["Configuration", "FilterListConfiguration"];
  const list = plainList(key, "Configuration");
  return [
    {
      ...list,
      toApi: (written, scope) => ({
        FilterListConfiguration: { MatchOperator, CategoryValues: list.toApi(written, scope) },
      }),
      toFile: (part, scope) => {
        const found = isGroup(part) ? part[base[1]!] : undefined;
        return isGroup(found) ? list.toFile(found["CategoryValues"], scope) : undefined;
      },
    },
  ];
}

function parameterMatch(): Lens {
  return {
    key: "parameter",
    path: ["Configuration"],
    toApi: (written) => ({
      CustomFilterConfiguration: {
        MatchOperator: "EQUALS",
        ParameterName: text(written),
        NullOption: "NON_NULLS_ONLY",
      },
    }),
    toFile: (part) => {
      const custom = isGroup(part) ? part["CustomFilterConfiguration"] : undefined;
      return isGroup(custom) ? custom["ParameterName"] : undefined;
    },
  };
}

/** What a filter of several sheets looks like wherever it stands. */
const CONTROL_TYPES: readonly UnionMember[] = Object.entries({
  "date-time-picker": "DefaultDateTimePickerOptions",
  list: "DefaultListOptions",
  dropdown: "DefaultDropdownOptions",
  "text-field": "DefaultTextFieldOptions",
  "text-area": "DefaultTextAreaOptions",
  slider: "DefaultSliderOptions",
  "relative-date": "DefaultRelativeDateTimeOptions",
}).map(([name, member]) => ({ name, member, lenses: [word("select", "Type")] }));

function defaultControl(): Lens {
  return {
    key: "control",
    path: ["DefaultFilterControlConfiguration"],
    toApi: (written) => {
      const { title, ...rest } = group(written);
      return {
        ...(title === undefined ? {} : { Title: text(title) }),
        ControlOptions: memberToApi(CONTROL_TYPES, rest),
      };
    },
    toFile: (part) => {
      if (!isGroup(part)) return undefined;
      const { Title: title, ControlOptions } = part;
      const written: Group | undefined = memberToFile(CONTROL_TYPES, ControlOptions);
      if (written === undefined) return undefined;
      const { type, ...rest } = written;
      return { type, ...(title === undefined ? {} : { title }), ...rest };
    },
  };
}
