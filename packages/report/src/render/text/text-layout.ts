import pc from "picocolors";
import { terminalLine, terminalText } from "../../escape/terminal-text.ts";
import { PROSE_LIMIT } from "../../escape/visible-text.ts";
import { addressesOf, writeSpans, type Fact, type Span, type SpanWriter } from "../spans.ts";
import { displayWidth, padText, wrapText } from "./wrap.ts";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours one line that is already wrapped. */
export type Paint = (line: string) => string;

/** How a text report is laid out: everything that depends on the terminal. */
export interface TextLayout {
  readonly width: number;
  readonly colors: Colors;
  /** Cells before the text of a fact; 0 on a terminal too narrow for two columns. */
  readonly labelWidth: number;
}

export function textLayout({ color, width }: { color: boolean; width: number }): TextLayout {
  // Below 20 cells an address is cut on every line; let the terminal wrap instead.
  const cells = Math.max(20, Math.floor(width));
  return { width: cells, colors: pc.createColors(color), labelWidth: cells < 60 ? 0 : 13 };
}

/** Wrapped lines with `first` before the first and as many spaces before the rest. */
export function hanging(
  text: string,
  { width }: TextLayout,
  { first, paint = (line) => line }: { readonly first: string; readonly paint?: Paint },
): string[] {
  const indent = " ".repeat(first.length);
  return wrapText(text, Math.max(10, width - first.length)).map(
    (line, index) =>
      (index === 0 ? first : indent) +
      paint(first.trim() === "" || index > 0 ? terminalLine(line) : line),
  );
}

/**
 * A fact as two columns, or as `Label: text` where there is no room. An address has a line of
 * its own, however long: cut, it leads nowhere.
 */
export function factLines(fact: Fact, layout: TextLayout, indent: string): string[] {
  const { colors, labelWidth } = layout;
  const margin = indent + " ".repeat(labelWidth);
  const addresses = addressesOf(fact.spans).map(
    (url) => margin + colors.cyan(terminalText(url, url.length)),
  );
  return [...textLines(fact, layout, indent), ...addresses];
}

function textLines(fact: Fact, layout: TextLayout, indent: string): string[] {
  const { colors, labelWidth } = layout;
  const text = plainText(fact.spans);
  const isCommand = fact.spans.some((span) => typeof span !== "string" && "command" in span);
  const paint: Paint = isCommand ? colors.cyan : (line) => line;
  if (labelWidth === 0) {
    return hanging(`${fact.label}: ${text}`, layout, { first: indent, paint });
  }
  const label = padText(fact.label, labelWidth);
  if (isCommand && displayWidth(indent + label + text) > layout.width) {
    // A command that is cut can't be pasted: give it a line of its own.
    return [indent + colors.dim(fact.label), ...hanging(text, layout, { first: "  ", paint })];
  }
  const [head = "", ...rest] = hanging(text, layout, { first: indent + label, paint });
  return [head.replace(label, colors.dim(label)), ...rest];
}

/** `── New · 3 ─────────`, of our own words. */
export function heading(title: string, { width, colors }: TextLayout): string[] {
  const lines = wrapText(title, width - 3);
  const rule = "─".repeat(Math.max(0, width - displayWidth(lines.at(-1)!) - 4));
  return [
    "",
    ...lines.map((line, index) => {
      const before = index === 0 ? colors.dim("──") : "  ";
      const after = index === lines.length - 1 && rule !== "" ? ` ${colors.dim(rule)}` : "";
      return `${before} ${colors.bold(line)}${after}`;
    }),
  ];
}

export function plainText(spans: readonly Span[]): string {
  return writeSpans(spans, PLAIN);
}

const PLAIN: SpanWriter = {
  words: (text) => text,
  value: (text) => terminalText(text),
  link: (text) => terminalText(text),
  prose: (text) => terminalText(text, PROSE_LIMIT),
  command: (text) => terminalText(text, PROSE_LIMIT),
};
