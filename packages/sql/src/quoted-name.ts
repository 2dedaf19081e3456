/** A name of a column or relation as SQL takes it. Those of other people come from catalogues, and may be anything. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
