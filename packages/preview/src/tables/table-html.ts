import { htmlText } from "@turnaway/report";

import { restText, type Table, type TableCell, type TableColumn } from "./table.ts";

/** Most rows of a table on a page: more are nobody's reading, and make the file large. */
export const MOST_ROWS = 200;

/** A table as HTML; what does not fit scrolls inside its box, which the keyboard can reach. */
export function tableHtml(table: Table, label: string): string {
  const head = table.columns.map(
    (column) =>
      `<th scope="col"${classOf(column)}${widthOf(column)}>${htmlText(column.label)}</th>`,
  );
  const rows = table.rows.slice(0, MOST_ROWS).map((cells) => {
    const written = cells.map((cell, i) => cellHtml(cell, table.columns[i]!));
    return `<tr>${written.join("")}</tr>`;
  });
  const omitted = table.rows.length - rows.length;
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${htmlText(label)}">`,
    "<table>",
    `<thead><tr>${head.join("")}</tr></thead>`,
    `<tbody>\n${rows.join("\n")}\n</tbody>`,
    "</table>",
    "</div>",
    ...(omitted > 0 ? [`<p class="more">${restText(table, rows.length)}</p>`] : []),
  ].join("\n");
}

function cellHtml({ text, color, background, isRepeated }: TableCell, column: TableColumn): string {
  const written = htmlText(text);
  const isMarked = color !== null || background !== null;
  const marks = [
    ...(color === null ? [] : [`--mark:${color}`]),
    ...(background === null ? [] : [`--back:${background}`]),
  ];
  const content = isMarked
    ? `<b class="marked" style="${marks.join(";")}">${written}</b>`
    : written;
  if (column.isHeading) {
    return `<th scope="row"${isRepeated ? ' class="repeated"' : ""}>${content}</th>`;
  }
  return `<td${classOf(column)}>${content}</td>`;
}

function classOf({ isNumber }: TableColumn): string {
  return isNumber ? ' class="number"' : "";
}

// Widths are a wish: a narrower column would cut what is in it.
function widthOf({ width }: TableColumn): string {
  return width === null ? "" : ` style="min-width:${Math.min(600, Math.round(width))}px"`;
}
