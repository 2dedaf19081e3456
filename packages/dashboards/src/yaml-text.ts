import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
} from "yaml";

import { isGroup, isSame } from "./model/tree.ts";

const STYLE = { lineWidth: 100, flowCollectionPadding: true } as const;

/** Lists of a few words stand on one line up to this many characters. */
const SHORT_LIST = 72;

/**
 * A value as the text of a file. Given the text that there was, whatever did not change stays
 * as it was written, comments and order of the keys included.
 */
export function writeYaml(value: unknown, before?: string): string {
  const document = parseDocument(before ?? "{}", { schema: "core" });
  if (before === undefined || document.errors.length > 0 || !isMap(document.contents)) {
    const fresh = parseDocument("", { schema: "core" });
    fresh.contents = nodeOf(fresh, value) as typeof fresh.contents;
    return fresh.toString(STYLE);
  }
  if (isSame(document.toJS(), value)) return before;
  update(document, document.contents, value);
  return document.toString(STYLE);
}

function update(document: Document, node: unknown, value: unknown): Node {
  if (isMap(node) && isGroup(value)) {
    const gone = node.items.filter(({ key }) => !(nameOf(key) in value));
    for (const { key } of gone) node.delete(key);
    for (const [key, part] of Object.entries(value)) {
      const pair = node.items.find((item) => nameOf(item.key) === key);
      if (pair === undefined) node.set(document.createNode(key), nodeOf(document, part));
      else pair.value = update(document, pair.value, part);
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    const items = node.items.slice();
    node.items = value.map((item, i) => {
      const same = items.findIndex((old) => isSame(valueOf(document, old), item));
      const kept = same >= 0 ? items[same] : items.length === value.length ? items[i] : undefined;
      return update(document, kept, item);
    });
    return node;
  }
  if (isScalar(node) && isSame(node.value, value)) return node;
  const fresh = nodeOf(document, value);
  if (isScalar(node) && isScalar(fresh)) {
    fresh.comment = node.comment ?? null;
    fresh.commentBefore = node.commentBefore ?? null;
  }
  return fresh;
}

function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false }) as Node;
  const inOneLine = (list: unknown): void => {
    if (!isSeq(list) || list.items.length === 0 || list.items.some(isCollection)) return;
    const texts = list.items.map((item) => (isScalar(item) ? String(item.value) : ""));
    const length = texts.reduce((sum, text) => sum + text.length + 2, 0);
    if (length <= SHORT_LIST && texts.every((text) => !text.includes("\n"))) list.flow = true;
  };
  if (isCollection(node)) visit(node, { Seq: (_key, list) => inOneLine(list) });
  return node;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function valueOf(document: Document, node: unknown): unknown {
  return isScalar(node) ? node.value : isCollection(node) ? node.toJS(document) : undefined;
}
