import { type Figure, fieldsOf, valueText } from "../figure.ts";
import { toNumber } from "../text/number-text.ts";
import { shorten, textWidth } from "../text/text-width.ts";
import { type Canvas, type ChartOption } from "./chart.ts";

/** Streams from sources to destinations, as wide as their weight. */
export function sankey(figure: Figure, canvas: Canvas): ChartOption {
  const { palette, fontFamily, width } = canvas;
  const links = linksOf(figure);
  const sides = sankeySide(figure);
  const names = links.flatMap(({ source, target }) => [source, target]);
  const widest = Math.max(0, ...names.map((name) => textWidth(name, FONT)));
  const room = Math.ceil(Math.min(widest * canvas.fontStretch + 12, width * 0.3));
  // A client may be a server, too: the same name on both sides is two nodes.
  const nodes = (side: "source" | "target") =>
    namesOf(links, side).map((name) => ({
      name: nodeName(side, name),
      itemStyle: { color: nodeColor(name, side, canvas), borderWidth: 0 },
      label: { position: side === "source" ? ("left" as const) : ("right" as const) },
    }));
  return {
    animation: false,
    series: [
      {
        type: "sankey",
        silent: true,
        draggable: false,
        left: room,
        right: room,
        top: 6,
        bottom: 6,
        nodeWidth: 10,
        nodeGap: Math.min(16, Math.max(4, (0.66 * canvas.height) / Math.max(1, sides))),
        // The largest first, as they were asked for, and not as lines would cross least.
        layoutIterations: 0,
        label: {
          color: palette.ink,
          fontFamily,
          fontSize: FONT,
          formatter: ({ name }: { name: string }) =>
            shorten(name.slice(2), (room - 8) / canvas.fontStretch, FONT),
        },
        data: [...nodes("source"), ...nodes("target")],
        links: links.map(({ source, target, value }) => ({
          source: nodeName("source", source),
          target: nodeName("target", target),
          value,
          lineStyle: { color: linkColor(source, target, canvas), opacity: 0.32, curveness: 0.5 },
        })),
      },
    ],
  };
}

/** How many names stand on the side that has more of them. */
export function sankeySide(figure: Figure): number {
  const links = linksOf(figure);
  return Math.max(
    new Set(links.map(({ source }) => source)).size,
    new Set(links.map(({ target }) => target)).size,
  );
}

const FONT = 11.5;

interface Link {
  readonly source: string;
  readonly target: string;
  readonly value: number;
}

function linksOf(figure: Figure): Link[] {
  const source = fieldsOf(figure, "source")[0];
  const target = fieldsOf(figure, "destination")[0];
  const weight = fieldsOf(figure, "weight", "value")[0];
  if (source === undefined || target === undefined || weight === undefined) return [];
  return figure.rows.flatMap((row) => {
    const value = toNumber(row[weight.id]);
    if (value === null || value <= 0) return [];
    return [
      {
        source: valueText(row[source.id], source),
        target: valueText(row[target.id], target),
        value,
      },
    ];
  });
}

// By weight, with what is beyond the limit at the end.
function namesOf(links: readonly Link[], side: "source" | "target"): string[] {
  const weights = new Map<string, number>();
  for (const link of links) weights.set(link[side], (weights.get(link[side]) ?? 0) + link.value);
  return [...weights]
    .toSorted(([a, x], [b, y]) => Number(isOthers(a)) - Number(isOthers(b)) || y - x)
    .map(([name]) => name);
}

function nodeName(side: "source" | "target", name: string): string {
  return `${side === "source" ? "s" : "t"}:${name}`;
}

// Words of a meaning have its colour; addresses are too many for colours of their own.
function nodeColor(name: string, side: "source" | "target", canvas: Canvas): string {
  if (isOthers(name)) return canvas.palette.quiet;
  if (canvas.colorOf(name) !== "" && SCOPES.has(name)) return canvas.colorOf(name);
  return side === "source" ? canvas.palette.series[0]! : canvas.palette.series[2]!;
}

function linkColor(source: string, target: string, canvas: Canvas): string {
  if (SCOPES.has(source)) return canvas.colorOf(source);
  if (isOthers(source) && isOthers(target)) return canvas.palette.quiet;
  return isOthers(source) ? canvas.palette.series[2]! : canvas.palette.series[0]!;
}

function isOthers(name: string): boolean {
  return /^others?$/i.test(name);
}

const SCOPES = new Set(["internal", "egress", "ingress", "transit"]);
