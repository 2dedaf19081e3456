/**
 * A piece of a line: our own words as a plain string, a value from the data, a
 * sentence of the report that may hold such values, or a command to copy.
 *
 * Every human format renders the same spans, each with its own escape, so that
 * all formats say the same and none can forget to escape.
 */
export type Span =
  | string
  | { readonly value: string }
  | { readonly prose: string }
  | { readonly command: string };

/** How one format writes each kind of span. */
export interface SpanWriter {
  words(text: string): string;
  value(text: string): string;
  prose(text: string): string;
  command(text: string): string;
}

/** A labelled line about a finding or a report. */
export interface Fact {
  readonly label: string;
  readonly spans: readonly Span[];
}

export function writeSpans(spans: readonly Span[], writer: SpanWriter): string {
  let text = "";
  for (const span of spans) {
    if (typeof span === "string") text += writer.words(span);
    else if ("value" in span) text += writer.value(span.value);
    else if ("prose" in span) text += writer.prose(span.prose);
    else text += writer.command(span.command);
  }
  return text;
}

/** Puts a separator between groups of spans. */
export function joinSpans(groups: readonly (readonly Span[])[], separator: string): Span[] {
  return groups.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}
