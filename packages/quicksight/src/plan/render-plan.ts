import { renderDiff } from "@turnaway/dashboards";
import type { PhrasingContent, RootContent, Table } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";

import { changesPermissions } from "../wanted/permissions.ts";
import { type AssetPlan, type DashboardsPlan, isAsWritten } from "./dashboards-plan.ts";

/** The plan as Markdown for a terminal and a pull request; whatever it names is code there. */
export function renderPlan(plan: DashboardsPlan): string {
  const { deployment, target } = plan.wanted;
  const changed = plan.assets.filter(({ action }) => action !== "unchanged");
  const unchanged = plan.assets.length - changed.length;
  const children: RootContent[] = [
    { type: "heading", depth: 1, children: [text("QuickSight: "), code(deployment)] },
    paragraph(
      text(`Account ${target.account}, region ${target.region}. `),
      text(isAsWritten(plan) ? "Everything is as written." : summaryOf(plan.assets)),
    ),
    ...(changed.length === 0 ? [] : [assetTable(changed)]),
    ...(unchanged === 0 || changed.length === 0
      ? []
      : [paragraph(text(`${unchanged} unchanged.`))]),
    ...permissionSection(changed),
  ];
  const page = toMarkdown(
    { type: "root", children },
    { extensions: [gfmTableToMarkdown()], bullet: "-" },
  );
  const diffs = plan.assets
    .filter(({ kind, changes }) => kind === "dashboard" && changes.length > 0)
    .map(({ name, changes }) => renderDiff(name, changes));
  return [page, ...diffs].join("\n");
}

/** The plan as a value for scripts: what happens, without what it was found out from. */
export function planAsValue({ wanted, assets }: DashboardsPlan): object {
  const { account, region } = wanted.target;
  return { name: wanted.deployment, account, region, assets };
}

function summaryOf(assets: readonly AssetPlan[]): string {
  const counts = new Map<string, number>();
  for (const { action } of assets) {
    if (action !== "unchanged") counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return `${[...counts].map(([action, n]) => `${n} to ${WORDS[action] ?? action}`).join(", ")}.`;
}

const WORDS: Readonly<Record<string, string>> = {
  wait: "wait for",
  held: "leave as rolled back",
  edited: "refuse, since somebody else edited it",
  unreadable: "leave, since it can't be read",
};

function assetTable(assets: readonly AssetPlan[]): Table {
  return table(
    ["asset", "name", "what happens", "why"],
    assets.map(({ kind, name, action, why }) => [
      text(kind),
      code(name),
      text(action === "edited" ? "refused: edited by somebody else" : action),
      text(why ?? ""),
    ]),
  );
}

function permissionSection(assets: readonly AssetPlan[]): RootContent[] {
  const rows = assets
    .filter(({ permissions }) => changesPermissions(permissions))
    .flatMap(({ kind, name, permissions: { grant, revoke } }) => [
      ...grant.map((one) => ["grant", kind, name, one] as const),
      ...revoke.map((one) => ["revoke", kind, name, one] as const),
    ]);
  if (rows.length === 0) return [];
  return [
    { type: "heading", depth: 2, children: [text("Permissions")] },
    table(
      ["change", "asset", "name", "principal", "actions"],
      rows.map(([change, kind, name, { Principal = "", Actions = [] }]) => [
        text(change),
        text(kind),
        code(name),
        code(Principal),
        text(Actions.map((action) => action.replace("quicksight:", "")).join(", ")),
      ]),
    ),
  ];
}

function table(header: readonly string[], rows: readonly PhrasingContent[][]): Table {
  const row = (cells: readonly PhrasingContent[]) => ({
    type: "tableRow" as const,
    children: cells.map((cell) => ({ type: "tableCell" as const, children: [cell] })),
  });
  return { type: "table", children: [row(header.map(text)), ...rows.map(row)] };
}

function paragraph(...children: PhrasingContent[]): RootContent {
  return { type: "paragraph", children };
}

function text(value: string): PhrasingContent {
  return { type: "text", value };
}

function code(value: string): PhrasingContent {
  return { type: "inlineCode", value };
}
