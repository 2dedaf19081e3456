import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
} from "yaml";

import { type ErrorDetail, TurnawayError } from "../errors.ts";

/** A YAML file as a plain value that still knows where each part stands. */
export interface YamlSource {
  readonly fileName: string;
  /** Maps, lists and scalars only; `undefined` for an empty file. */
  readonly value: unknown;
  /** Line of the value at the path, or of the nearest part above it; the first is 1. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** A configuration is written by a person: more than this is a mistake or an attack. */
const MAX_CHARACTERS = 262_144;
const MAX_ALIASES = 100;
const MAX_ERRORS = 20;

/** Names that reach the prototype of an object instead of a key of it. */
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads YAML 1.2 without anything that runs, grows or surprises: no tags, few
 * aliases, no prototype keys, `no` is text, and a leading zero stays.
 *
 * A key without a value counts as not given, so that a section whose lines are all
 * commented out keeps its defaults.
 *
 * @throws TurnawayError `CONFIG` with every syntax error.
 */
export function readYaml(text: string, fileName: string): YamlSource {
  if (text.length > MAX_CHARACTERS) {
    throw refuse({
      what: "configuration is too large",
      where: fileName,
      why: `it has ${text.length} characters, allowed are ${MAX_CHARACTERS}`,
      fix: "check that this is the right file",
    });
  }
  try {
    return read(text, fileName);
  } catch (cause) {
    // Parser and walkers are recursive: thousands of brackets exhaust the stack.
    if (!(cause instanceof RangeError)) throw cause;
    throw refuse({ what: "not valid YAML", where: fileName, why: "it is nested too deeply" });
  }
}

function read(text: string, fileName: string): YamlSource {
  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: "core",
    customTags: (tags: Tags) => [zeroPadded, ...tags],
  });
  const problems = [...syntaxProblems(document), ...keyProblems(document)];
  if (problems.length > 0) {
    const details = problems.slice(0, MAX_ERRORS).map(({ offset, ...detail }): ErrorDetail => ({
      what: "not valid YAML",
      where: `${fileName}:${lineAt(offset)}`,
      ...detail,
    }));
    throw refuse(...details);
  }
  return {
    fileName,
    value: withoutNulls(toValue(document, fileName)),
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

interface Problem {
  readonly offset: number;
  readonly why: string;
  readonly fix?: string;
}

// YAML reads 012345678901 as a number and drops its zero; in these files
// digits that begin with a zero are always an id.
const zeroPadded: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  test: /^0[0-9]+$/,
  resolve: (source) => source,
};

function syntaxProblems(document: Document): Problem[] {
  const problems = [...document.errors, ...document.warnings].map((error): Problem => ({
    offset: error.pos[0],
    why: asClause(error.message),
  }));
  // The parser wraps its own exhausted stack as a syntax error.
  if (problems.some(({ why }) => why.includes("call stack"))) throw new RangeError("too deep");
  const version = document.directives?.yaml;
  if (version?.explicit === true && version.version !== "1.2") {
    problems.push({
      offset: 0,
      why: `it asks for YAML ${version.version}, where "no" and "on" are not text`,
      fix: "remove the %YAML line",
    });
  }
  return problems;
}

function keyProblems(document: Document): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Pair(_position, { key }) {
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      if (!isScalar(key)) {
        problems.push({ offset, why: "a key must be text" });
      } else if (PROTOTYPE_KEYS.has(String(key.value))) {
        problems.push({ offset, why: `"${String(key.value)}" can not be a key` });
      }
    },
  });
  return problems;
}

function toValue(document: Document, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw refuse({
      what: "not valid YAML",
      where: fileName,
      why: "its aliases repeat too much",
      fix: "write the values out instead of using anchors",
    });
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object") return value;
  if (value === null) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutNulls(part)]));
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    const part = isAlias(node) ? node.resolve(document) : node;
    if (isMap(part)) {
      const pair = part.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (pair === undefined) return offset;
      offset = startOf(pair.key, offset);
      node = pair.value;
    } else if (isSeq(part)) {
      node = part.items[Number(step)];
      offset = startOf(node, offset);
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? otherwise) : otherwise;
}

function asClause(message: string): string {
  return message.replace(/\.$/, "").replaceAll(/\s+/g, " ");
}

function refuse(...details: ErrorDetail[]): TurnawayError {
  return new TurnawayError("CONFIG", details);
}
