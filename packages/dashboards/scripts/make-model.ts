import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * Writes the shapes of a dashboard's definition out of the service's own model.
 *
 *     node scripts/make-model.ts PATH/TO/quicksight/2018-04-01/service-2.json.gz
 *
 * The npm client has the members of each shape and which are required, but neither lengths,
 * patterns, enums nor unions; botocore's copy of the same model has them all. A test compares
 * the members with the client that is installed, so that an update of one alone is noticed.
 */
const ROOT = "DashboardVersionDefinition";

interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly documentation?: string;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("which service-2.json.gz?");
const bytes = readFileSync(path);
const text = path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
const { shapes } = JSON.parse(text) as { shapes: Readonly<Record<string, ModelShape>> };

const reached = new Set<string>();
reach(ROOT);
const written = Object.fromEntries([...reached].toSorted().map((name) => [name, shape(name)]));
writeFileSync(
  join(import.meta.dirname, "../src/model/definition-model.gen.ts"),
  [
    "// Made by `node scripts/make-model.ts` from botocore's model of QuickSight. Do not edit.",
    'import type { Shape } from "./shape.ts";',
    "",
    "export const SHAPES: Readonly<Record<string, Shape>> = {",
    ...Object.entries(written).map(([name, shape]) => `  ${name}: ${JSON.stringify(shape)},`),
    "};",
    "",
  ].join("\n"),
);

function reach(name: string): void {
  if (reached.has(name)) return;
  reached.add(name);
  const { members, member } = shapes[name]!;
  for (const { shape } of Object.values(members ?? {})) reach(shape);
  if (member !== undefined) reach(member.shape);
}

function shape(name: string): object {
  const { type, members, member, required, pattern, min, max, ...rest } = shapes[name]!;
  if (members !== undefined) {
    return {
      type,
      members: Object.fromEntries(Object.entries(members).map(([key, m]) => [key, m.shape])),
      ...(required === undefined ? {} : { required }),
      ...(isUnion(name, rest.documentation) ? { union: true } : {}),
    };
  }
  return {
    type,
    ...(member === undefined ? {} : { of: member.shape }),
    ...(rest.enum === undefined ? {} : { enum: rest.enum }),
    ...patternOf(pattern),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

// The model marks only its newest union; most others say it in words, and two not at all.
function isUnion(name: string, documentation = ""): boolean {
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
