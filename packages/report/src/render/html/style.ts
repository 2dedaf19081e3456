/**
 * The one style sheet of the HTML report: light and dark, phone and paper.
 *
 * Text on its background has a contrast of at least 4.5 (WCAG AA) in both schemes.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #1a2430; --soft: #566270; --line: #dfe4ea;
  --link: #1d5a9e; --code: #eef1f5; --next: #eef6f0; --next-edge: #4d8b62;
  --critical: #a3211b; --critical-back: #fce8e6;
  --high: #8f4700; --high-back: #fdeedd;
  --medium: #6f5500; --medium-back: #faf1cc;
  --low: #1d5a9e; --low-back: #e4eefa;
  --info: #566270; --info-back: #e9edf2;
  --clear: #1e6b3c; --clear-back: #e2f3e8;
  --chart-text: var(--soft); --chart-grid: var(--line);
  --chart-refused: #e3a29d; --chart-today: #b3362e; --chart-accepted: #4c86bf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151a; --card: #191f27; --ink: #e3e8ee; --soft: #a0acb9; --line: #2d3641;
    --link: #8fc0f2; --code: #242c36; --next: #1a2a21; --next-edge: #5fa377;
    --critical: #ffb3aa; --critical-back: #4a1815;
    --high: #ffc48c; --high-back: #45290c;
    --medium: #efd36b; --medium-back: #3a300b;
    --low: #9ccaff; --low-back: #15304e;
    --info: #b4bfcb; --info-back: #2b343f;
    --clear: #93d8ab; --clear-back: #16351f;
    --chart-refused: #8a4a45; --chart-today: #f0827a; --chart-accepted: #79aede;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.75rem; margin: .75rem 0; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: .8125rem; margin: 1.5rem 0 .5rem; color: var(--soft); text-transform: uppercase; letter-spacing: .06em; }
h4 { font-size: 1.0625rem; margin: 0; font-weight: 600; }
p { margin: .5rem 0; max-width: 70ch; }
a { color: var(--link); }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; background: var(--code); border-radius: 4px; padding: .1em .3em; }
h1 code, h4 code { background: none; padding: 0; font-size: .94em; font-weight: inherit; }
dd code, h4 code { display: inline-block; max-width: 100%; }
dd code { vertical-align: baseline; }
.place { color: var(--soft); margin: 0; }
.meaning { color: var(--soft); }
.badge { display: inline-block; font-size: .8125rem; font-weight: 600; line-height: 1.5; border-radius: 999px; padding: .1rem .65rem; white-space: nowrap; }
.critical { color: var(--critical); background: var(--critical-back); }
.high { color: var(--high); background: var(--high-back); }
.medium { color: var(--medium); background: var(--medium-back); }
.low { color: var(--low); background: var(--low-back); }
.info { color: var(--info); background: var(--info-back); }
.clear { color: var(--clear); background: var(--clear-back); }
.alert { border: 2px solid var(--high); background: var(--high-back); border-radius: 10px; padding: .25rem 1.25rem .75rem; margin: 1.25rem 0; }
.alert.no-data { border-color: var(--critical); background: var(--critical-back); }
.alert h2 { margin: .75rem 0 .25rem; }
.alert ul { padding-left: 1.25rem; margin: .5rem 0 0; }
.alert code { background: none; padding: 0; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; list-style: none; padding: 0; margin: 1.25rem 0 0; }
.tiles a, .tiles div { display: block; height: 100%; padding: .6rem .9rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; color: inherit; text-decoration: none; }
.tiles a:hover { border-color: var(--link); }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .875rem; }
.finding, .panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; margin: 0 0 .75rem; }
.finding { border-left: 4px solid var(--edge); }
.finding-critical { --edge: var(--critical); } .finding-high { --edge: var(--high); }
.finding-medium { --edge: var(--medium); } .finding-low { --edge: var(--low); } .finding-info { --edge: var(--info); }
.kind { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; margin: 0 0 .4rem; color: var(--soft); font-size: .875rem; }
.panel > p { margin: 0; max-width: none; }
.finding > p { margin: .35rem 0 .75rem; }
dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .3rem .75rem; margin: 0; font-size: .9375rem; }
dt { color: var(--soft); } dd { margin: 0; }
.next { background: var(--next); border-left: 3px solid var(--next-edge); border-radius: 4px; padding: .15rem .6rem; }
.command { display: block; padding: .45rem .65rem; line-break: anywhere; user-select: all; -webkit-user-select: all; }
.empty { color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .75rem 0; }
summary { cursor: pointer; padding: .75rem 1.25rem; font-weight: 600; }
summary h2 { display: inline; font-size: 1rem; margin: 0; }
details > :not(summary) { margin: 0 1.25rem 1rem; }
.muted-list { padding-left: 1.25rem; } .muted-list li { margin: .4rem 0; }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; font-family: inherit; }
figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--soft); font-size: .875rem; margin-bottom: .25rem; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; background: var(--chart-refused); }
.swatch.today { background: var(--chart-today); } .swatch.accepted { background: var(--chart-accepted); border-radius: 50%; }
.narrow { display: none; }
.panel details { border: 0; border-top: 1px solid var(--line); border-radius: 0; margin: .75rem 0 0; }
.panel summary { padding: .75rem 0 0; font-weight: 400; color: var(--soft); font-size: .875rem; }
.panel details > :not(summary) { margin: .75rem 0 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: .9rem; padding-right: .9rem; }
  header { padding-top: 1.25rem; }
  h1 { font-size: 1.375rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .finding, .panel { padding: .85rem .9rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dt { font-size: .8125rem; margin-top: .5rem; }
  dt:first-child { margin-top: 0; }
  .wide { display: none; } .narrow { display: block; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000; --code: #f2f2f2;
    --next: #f4f4f4; --next-edge: #666;
    --critical: #8f1d17; --critical-back: #fff; --high: #7a3d00; --high-back: #fff;
    --medium: #5e4800; --medium-back: #fff; --low: #184b84; --low-back: #fff;
    --info: #444; --info-back: #fff; --clear: #185832; --clear-back: #fff;
    --chart-refused: #d9a7a3; --chart-today: #a3211b; --chart-accepted: #3f74a8;
  }
  html { font-size: 10pt; }
  body { font-size: 1rem; }
  header, main, footer { max-width: none; padding: 0; }
  .badge { border: 1px solid currentColor; }
  .finding, .panel, .tiles, figure, tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
