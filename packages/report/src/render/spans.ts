import { webAddress } from "../escape/web-address.ts";

/**
 * A piece of a line: our own words as a plain string, a value from the data, which may
 * have an address to look it up, a sentence of the report that may hold such values, or
 * a command to copy.
 *
 * Every human format renders the same spans, each with its own escape, so that
 * all formats say the same and none can forget to escape.
 */
export type Span =
  | string
  | { readonly value: string; readonly url?: string | undefined }
  | { readonly prose: string }
  | { readonly command: string };

/** How one format writes each kind of span. */
export interface SpanWriter {
  words(text: string): string;
  value(text: string): string;
  /** A value that leads to `url`, which is a web address. */
  link(text: string, url: string): string;
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
    else if ("value" in span) text += writeValue(span, writer);
    else if ("prose" in span) text += writer.prose(span.prose);
    else text += writer.command(span.command);
  }
  return text;
}

/** The addresses that spans lead to. */
export function addressesOf(spans: readonly Span[]): string[] {
  return spans.flatMap((span) =>
    typeof span !== "string" && "url" in span ? (webAddress(span.url ?? "") ?? []) : [],
  );
}

/** Puts a separator between groups of spans. */
export function joinSpans(groups: readonly (readonly Span[])[], separator: string): Span[] {
  return groups.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}

// What is no web address leads nowhere, and is left out.
function writeValue(
  { value, url }: Extract<Span, { readonly value: string }>,
  writer: SpanWriter,
): string {
  const address = url === undefined ? null : webAddress(url);
  return address === null ? writer.value(value) : writer.link(value, address);
}
