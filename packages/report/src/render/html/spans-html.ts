import { htmlText } from "../../escape/html-text.ts";
import { writeSpans, type Fact, type Span, type SpanWriter } from "../spans.ts";

/** Spans as HTML, each value and sentence escaped. */
export function htmlSpans(spans: readonly Span[]): string {
  return writeSpans(spans, HTML);
}

/** A sentence of the report; what it has between backticks becomes code. */
export function htmlProse(text: string): string {
  return htmlText(text).replace(/&#96;((?:(?!&#96;).)+)&#96;/g, "<code>$1</code>");
}

/** Facts as a description list. */
export function factList(facts: readonly Fact[]): string {
  const items = facts.map(({ label, spans }) => {
    const kind = label === "Next" ? ' class="next"' : "";
    return `<dt>${htmlText(label)}</dt><dd${kind}>${htmlSpans(spans)}</dd>`;
  });
  return `<dl>\n${items.join("\n")}\n</dl>`;
}

const HTML: SpanWriter = {
  words: htmlText,
  value: (text) => `<code>${htmlText(text)}</code>`,
  link: (text, url) =>
    `<a href="${htmlText(url)}" rel="noreferrer"><code>${htmlText(text)}</code></a>`,
  prose: htmlProse,
  command: (text) => `<code class="command">${htmlText(text)}</code>`,
};
