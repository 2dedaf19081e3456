import { DARK, declarations, LIGHT } from "../style/palette.ts";

/**
 * The one style sheet of the pages: light and dark, phone and paper, in the family of the report.
 *
 * Where the grid of a dashboard does not fit, cards stand below each other and the drawings for
 * narrow screens are shown.
 */
export const STYLE = `
:root { color-scheme: light dark; ${declarations(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${declarations(DARK)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
header, main, footer { max-width: 1440px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 20px; }
footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3 { line-height: 1.25; }
h1 { font-size: 1rem; margin: 0; font-weight: 600; }
h2 { font-size: 1.5rem; margin: .1rem 0 .75rem; letter-spacing: -.01em; }
h3 { font-size: .9375rem; margin: 0; font-weight: 600; }
p { margin: .4rem 0; }
a { color: var(--link); }
.place { color: var(--soft); margin: 0; font-size: .875rem; }
.notice { border-left: 4px solid var(--ongoing); background: var(--card); padding: .4rem .9rem; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav { margin: .75rem 0 1.25rem; border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 2rem; list-style: none; margin: 0; padding: 0; }
nav li > span { display: block; color: var(--soft); font-size: .75rem; }
nav a { display: inline-block; padding: .2rem 0 .5rem; margin-right: .9rem; text-decoration: none; border-bottom: 3px solid transparent; }
nav a:hover { border-color: var(--line); }
nav a[aria-current], body:not(:has(.sheet:target)):has(.sheet ~ .sheet) nav li:first-child a:first-of-type { border-color: var(--link); font-weight: 600; color: var(--ink); }
.sheet { scroll-margin-top: 100vh; }
main:has(.sheet:target) .sheet:not(:target), main:not(:has(.sheet:target)) .sheet ~ .sheet { display: none; }
.filters { display: flex; flex-wrap: wrap; align-items: stretch; gap: .5rem; margin: 0 0 1rem; font-size: .875rem; }
.filters > div, .filters > fieldset, .filters > details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0; }
.filters > div { display: flex; gap: .5rem; padding: .25rem .8rem; }
.filters dt { color: var(--soft); } .filters dd { margin: 0; font-weight: 600; }
.filters > fieldset { display: flex; align-items: center; gap: .4rem; padding: .2rem .7rem; }
.filters legend { float: left; color: var(--soft); padding: 0 .4rem 0 0; }
.filters legend, .filters fieldset > span { flex: none; white-space: nowrap; }
.filters input[type="date"] { font: inherit; color: inherit; background: transparent; border: 0; padding: .1rem; }
.filters details { position: relative; }
.filters summary { cursor: pointer; padding: .35rem .8rem; max-width: 20rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.filters summary span { color: var(--soft); }
.filters details > fieldset { position: absolute; z-index: 2; top: calc(100% + 4px); left: 0; min-width: 15rem; max-height: 20rem; overflow-y: auto; margin: 0; padding: .5rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
.filters details label { display: block; padding: .15rem 0; }
.buttons { margin: 0; display: flex; align-items: center; gap: .9rem; }
button { font: inherit; font-weight: 600; color: var(--card); background: var(--link); border: 0; border-radius: 8px; padding: .4rem 1.1rem; cursor: pointer; }
.grid { display: grid; grid-template-columns: repeat(36, minmax(0, 1fr)); grid-auto-rows: minmax(18px, auto); gap: 12px; }
.tile { grid-column: var(--at) / span var(--columns); grid-row: var(--row) / span var(--rows); min-width: 0; }
.text { color: var(--soft); align-self: center; } .text p { margin: 0; max-width: 110ch; }
.card { position: relative; display: flex; flex-direction: column; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
.not-drawn { background: none; border: 1.5px dashed var(--soft); }
.sub { color: var(--soft); font-size: .8125rem; margin: .1rem 0 0; line-height: 1.35; }
.empty { color: var(--soft); margin: auto; padding: 1rem 0; text-align: center; }
.not-drawn .empty { margin: .5rem 0; padding: 0; text-align: left; }
figure { margin: .5rem 0 0; flex: 1; display: flex; flex-direction: column; }
figure svg { display: block; width: 100%; height: auto; margin: 0 auto; overflow: visible; }
.legend { list-style: none; margin: 0 0 .4rem; padding: 0; display: flex; flex-wrap: wrap; gap: .05rem .9rem; color: var(--soft); font-size: .8125rem; }
.legend i { display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin-right: .45em; }
.scale { display: flex; align-items: center; gap: 2px; margin: 0 0 .4rem; color: var(--soft); font-size: .75rem; }
.scale i { width: 1.3em; height: .7em; } .scale i:first-of-type { margin-left: .4em; } .scale i:last-of-type { margin-right: .4em; }
.beside { flex-direction: row; align-items: center; justify-content: center; gap: 1.25rem; }
.beside > div { flex: 0 1 42%; order: -1; }
.beside .legend { flex: 1; flex-direction: column; gap: .5rem; margin: 0; color: var(--ink); }
.beside .legend span { display: block; color: var(--soft); padding-left: 1.2em; font-variant-numeric: tabular-nums; }
.kpi { display: grid; grid-template-columns: auto minmax(3rem, 9.5rem); justify-content: space-between; column-gap: 1rem; align-items: end; margin-top: .1rem; }
.kpi p { margin: 0; font-size: .8125rem; color: var(--soft); line-height: 1.35; }
.kpi .value { line-height: 1.2; white-space: nowrap; } .kpi .value b { font-size: 1.625rem; color: var(--ink); font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.kpi .change { grid-row: 2; grid-column: 1; }
.kpi .good { color: var(--good); } .kpi .bad { color: var(--bad); }
.kpi .spark { grid-row: 1; grid-column: 2; width: 100%; height: auto; }
.kpi .total { grid-row: 2; grid-column: 2; text-align: right; }
.table .scroll { flex: 1 1 0; min-height: 8rem; }
.scroll { overflow: auto; margin-top: .5rem; max-height: 32rem; }
table { width: 100%; border-collapse: collapse; font-size: .8125rem; }
thead th { position: sticky; top: 0; background: var(--card); color: var(--soft); box-shadow: inset 0 -1px var(--line); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; } tbody th { font-weight: 400; }
.table tr > :last-child { padding-right: .25rem; }
td, tbody th { overflow-wrap: normal; white-space: nowrap; }
.repeated { color: transparent; border-top-color: transparent; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.marked { color: var(--mark, inherit); background: color-mix(in srgb, var(--back, transparent) 25%, transparent); border-radius: 3px; padding: 0 .15em; margin: 0 -.15em; }
@media (prefers-color-scheme: dark) { .marked { color: color-mix(in srgb, var(--mark, currentColor) 55%, white); } }
.more { color: var(--soft); font-size: .8125rem; }
.narrow { display: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 1180px) {
  .grid { grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); grid-auto-rows: auto; }
  .tile { grid-column: auto; grid-row: auto; }
  .table, .text { grid-column: 1 / -1; }
  .wide { display: none; } .narrow { display: block; }
  .table .scroll { flex: none; max-height: 28rem; }
}
@media (max-width: 640px) {
  header, main, footer { padding-left: 16px; padding-right: 16px; }
  h2 { font-size: 1.25rem; }
  nav ul { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem 1rem; padding-bottom: .5rem; }
  nav a { padding: .1rem 0; }
  .card { padding: 12px 16px; }
  form.filters > * { flex: 1 1 100%; }
  .filters details > fieldset { position: static; border-width: 1px 0 0; border-radius: 0; box-shadow: none; }
  .filters label:has([type="date"]) { flex: 1; min-width: 0; }
  .filters input[type="date"] { width: 100%; font-size: .8125rem; }
  .scroll { max-height: 24rem; }
}
@media print {
  :root { color-scheme: light; ${declarations(LIGHT)} --page: #fff; }
  .sheet { display: block !important; break-before: page; }
  nav, .filters .buttons { display: none; }
  .card { break-inside: avoid; }
  .scroll { max-height: none; overflow: visible; }
}
`;
