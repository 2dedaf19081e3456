import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { SERVED } from "../src/quicksight-server/model/served.ts";

/**
 * Writes what the server's operations take and answer out of the service's own model.
 *
 *     node scripts/make-quicksight-model.ts PATH/TO/quicksight/2018-04-01/service-2.json.gz
 *
 * Paths and queries come from the npm client when the server runs. What it lacks is here:
 * lengths, patterns, enums, unions, and which errors an operation may answer with.
 */
interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly union?: boolean;
  readonly documentation?: string;
}

interface ModelOperation {
  readonly input: { readonly shape: string };
  readonly output: { readonly shape: string };
  readonly errors?: readonly { readonly shape: string }[];
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("which service-2.json.gz?");
const bytes = readFileSync(path);
const text = path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
const { shapes, operations } = JSON.parse(text) as {
  shapes: Readonly<Record<string, ModelShape>>;
  operations: Readonly<Record<string, ModelOperation>>;
};

const reached = new Set<string>();
for (const name of SERVED) {
  reach(operations[name]!.input.shape);
  reach(operations[name]!.output.shape);
}
writeFileSync(
  new URL("../src/quicksight-server/model/service-model.gen.ts", import.meta.url),
  [
    "// Made by `node scripts/make-quicksight-model.ts` from botocore's model. Do not edit.",
    'import type { Operation, Shape } from "./shape.ts";',
    "",
    "export const OPERATIONS: Readonly<Record<string, Operation>> = {",
    ...SERVED.toSorted().map((name) => `  ${name}: ${JSON.stringify(operation(name))},`),
    "};",
    "",
    "export const SHAPES: Readonly<Record<string, Shape>> = {",
    ...[...reached].toSorted().map((name) => `  ${name}: ${JSON.stringify(shape(name))},`),
    "};",
    "",
  ].join("\n"),
);

function reach(name: string): void {
  if (reached.has(name)) return;
  reached.add(name);
  const { members, member, key, value } = shapes[name]!;
  for (const part of [...Object.values(members ?? {}), member, key, value]) {
    if (part !== undefined) reach(part.shape);
  }
}

function operation(name: string): object {
  const { input, output, errors = [] } = operations[name]!;
  return { input: input.shape, output: output.shape, errors: errors.map(({ shape }) => shape) };
}

function shape(name: string): object {
  const { type, members, member, key, value, required, pattern, min, max, ...rest } = shapes[name]!;
  if (members !== undefined) {
    return {
      type,
      members: Object.fromEntries(Object.entries(members).map(([key, m]) => [key, m.shape])),
      ...(required === undefined ? {} : { required }),
      ...(isUnion(name, rest) ? { union: true } : {}),
    };
  }
  return {
    type,
    ...(member === undefined ? {} : { of: member.shape }),
    ...(key === undefined ? {} : { key: key.shape, of: value!.shape }),
    ...(rest.enum === undefined ? {} : { enum: rest.enum }),
    ...patternOf(pattern),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

// The model marks only its newest unions; most others say it in words, and two not at all.
function isUnion(name: string, { union, documentation = "" }: Partial<ModelShape>): boolean {
  if (union === true) return true;
  if (Object.keys(shapes[name]!.members ?? {}).length < 2) return false;
  if (["DimensionField", "MeasureField"].includes(name)) return true;
  return /union type(?! of)/i.test(documentation);
}

// Java's anchors and flags are not JavaScript's. What can not be said in it is not checked.
function patternOf(pattern: string | undefined): { pattern?: string } {
  if (pattern === undefined || pattern.startsWith("(?i)")) return {};
  const bare = pattern.replace(/^(\^|\\A)/, "").replace(/(\$|\\z)$/, "");
  try {
    return new RegExp(bare, "u").source === "" ? {} : { pattern: bare };
  } catch {
    return {};
  }
}
