/**
 * An issue body as three parts: what people wrote before and after, and what is ours between
 * the markers.
 *
 * A marker counts only as a whole line: text of a log that looks like one stands in a code span,
 * and that never begins a line.
 */
export interface MarkedBody {
  readonly before: string;
  readonly ours: string;
  readonly after: string;
}

/** First line of what is ours: the body of a new issue begins with it. */
export function reportMarker(name: string): string {
  return `<!-- turnaway:report:${name} -->`;
}

/** Marks an issue that another one took over from: it is never found as the report again. */
export function retiredMarker(name: string): string {
  return `<!-- turnaway:retired:${name} -->`;
}

export function dayMarker(day: string): string {
  return `<!-- turnaway:day:${day} -->`;
}

/** First line of a comment of ours: what it is for, so that it is posted once. */
export function commentMarker(name: string, purpose: string): string {
  return `<!-- turnaway:comment:${name}:${purpose} -->`;
}

/** The purpose of a comment of ours; undefined when it does not begin with our marker. */
export function commentPurpose(body: string, name: string): string | undefined {
  const [first = ""] = lines(body);
  const [start, end] = commentMarker(name, "\n").split("\n") as [string, string];
  return first.startsWith(start) && first.endsWith(end)
    ? first.slice(start.length, first.length - end.length)
    : undefined;
}

/** The day of a marked body; undefined when that line was lost. */
export function bodyDay(ours: string): string | undefined {
  return /^<!-- turnaway:day:(\d{4}-\d\d-\d\d) -->$/m.exec(ours)?.[1];
}

/**
 * Finds what is ours, with line ends as `\n`; the rest is as it was. Undefined when the first marker is missing. When
 * only the last one is, ours ends with the state, or at the first marker's line if that is
 * missing too: what is in doubt belongs to people.
 */
export function splitBody(body: string, name: string): MarkedBody | undefined {
  // The site sends what people type with the line ends of a form; theirs stay as they are.
  const raw = body.split("\n");
  const all = lines(body);
  const start = all.indexOf(reportMarker(name));
  if (start < 0) return undefined;
  const end = endOf(all, start, name);
  return {
    before: raw.slice(0, start).join("\n"),
    ours: all.slice(start, end + 1).join("\n"),
    after: raw.slice(end + 1).join("\n"),
  };
}

/** Puts the parts together; what people wrote comes back as it was. */
export function joinBody({ before, ours, after }: MarkedBody): string {
  return [...(before === "" ? [] : [before]), ours, ...(after === "" ? [] : [after])].join("\n");
}

/** Frames text of ours, which then begins and ends with a marker. */
export function frame(name: string, day: string, text: string): string {
  return [reportMarker(name), dayMarker(day), "", text, endMarker(name)].join("\n");
}

function endMarker(name: string): string {
  return `<!-- turnaway:end:${name} -->`;
}

function endOf(all: readonly string[], start: number, name: string): number {
  const end = all.indexOf(endMarker(name), start);
  if (end >= 0) return end;
  const state = all.findIndex(
    (line, index) => index > start && line.startsWith("<!-- turnaway:state:"),
  );
  return state >= 0 ? state : start;
}

function lines(body: string): string[] {
  return body.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}
