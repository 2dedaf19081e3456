import type { PhrasingContent, RootContent, Table, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";

import { PRICES } from "../cost/prices.ts";
import { changesOf, type DeployPlan, type PlacedChange, type StackPlan } from "./deploy-plan.ts";
import { type ChangeKind, ORDER, type ResourceChange } from "./resource-change.ts";

/** The plan as one page of Markdown: what a pull request shows, and what a terminal prints. */
export function renderPlan(plan: DeployPlan): string {
  return toMarkdown(
    {
      type: "root",
      children: [
        heading(1, `Deployment plan: ${plan.name}`),
        ...intro(plan),
        ...grave(plan),
        heading(2, "Stacks"),
        stackTable(plan.stacks),
        ...plan.stacks.flatMap(stackSection),
        ...viewSection(plan),
        ...costSection(plan),
        ...preflightSection(plan),
        ...mergeSection(plan),
      ],
    },
    { extensions: [gfmTableToMarkdown()], bullet: "-", rule: "-" },
  );
}

function intro({ compared, notCompared, stacks, views, cost }: DeployPlan): RootContent[] {
  const changed = stacks.filter(({ state }) => state !== "unchanged").length;
  const toDeploy = views.filter(({ state }) => state === "new" || state === "changed").length;
  return [
    paragraph(
      compared
        ? "Compared with what is live."
        : `Not compared with what is live (${notCompared ?? "not asked for"}): everything counts as new.`,
    ),
    paragraph(
      `${count(changed, "stack")} and ${count(toDeploy, "view")} to deploy; about ${dollars(cost.usd)} a month.`,
    ),
  ];
}

const GRAVE: readonly ChangeKind[] = ["destroy", "replace", "may-replace"];

function grave(plan: DeployPlan): RootContent[] {
  const changes = changesOf(plan, GRAVE);
  if (changes.length === 0) return [];
  return [
    heading(2, "Replaced and destroyed"),
    table(
      ["stack", "change", "resource", "because of", "what that means"],
      changes.map((change) => [
        text(change.stack),
        text(change.what),
        code(`${change.type} ${change.path}`),
        text(change.properties.join(", ")),
        text(meaning(change)),
      ]),
    ),
  ];
}

function meaning({ type, what }: PlacedChange): string {
  if (type === "AWS::EC2::FlowLog") {
    return what === "destroy"
      ? "nothing more is recorded there; delivered files stay"
      : "a flow log can't be changed: the new one begins before the old one is deleted, and until its first delivery (up to 10 minutes) records may be there twice or missing; delivered files stay, in their old format";
  }
  if (what === "may-replace") return "CloudFormation decides when it sees the values";
  return what === "replace" ? "a new one is made, and the old one deleted" : "it is deleted";
}

function stackTable(stacks: readonly StackPlan[]): Table {
  const kinds = ORDER.filter((kind) =>
    stacks.some(({ changes }) => changes.some(({ what }) => what === kind)),
  );
  return table(
    ["stack", "account", "region", "state", ...kinds],
    stacks.map(({ name, account, region, state, changes }) => [
      text(name),
      text(account),
      text(region),
      text(state),
      ...kinds.map((kind) => text(String(changes.filter(({ what }) => what === kind).length))),
    ]),
  );
}

function stackSection({ name, account, region, changes }: StackPlan): RootContent[] {
  if (changes.length === 0) return [];
  const groups = Map.groupBy(changes, ({ what, type }) => `${what} ${type}`);
  return [
    heading(3, `${name} (${account}, ${region})`),
    table(
      ["change", "type", "resources"],
      [...groups.values()].map((group) => [
        text(group[0]!.what),
        code(group[0]!.type),
        text(`${group.length > 1 ? `${group.length}: ` : ""}${group.map(resourceText).join(", ")}`),
      ]),
    ),
  ];
}

function resourceText({ path, properties }: ResourceChange): string {
  return properties.length === 0 ? path : `${path} (${properties.join(", ")})`;
}

function viewSection({ views }: DeployPlan): RootContent[] {
  if (views.length === 0) return [];
  const groups = Map.groupBy(views, ({ state }) => state);
  return [
    heading(2, "Views"),
    table(
      ["state", "views"],
      [...groups].map(([state, group]) => [
        text(state),
        code(group.map(({ name }) => name).join(", ")),
      ]),
    ),
  ];
}

function costSection({ cost }: DeployPlan): RootContent[] {
  return [
    heading(2, "Cost"),
    paragraph(
      `For ${cost.gbPerDay} GB of flow logs a day before compression (infrastructure.expectedGbPerDay), once files are as old as their retention; list prices of ${PRICES.region}, read on ${PRICES.readOn}.`,
    ),
    table(
      ["what", "how much", "USD a month"],
      [
        ...cost.lines.map(({ what, how, usd }) => [text(what), text(how), text(usd.toFixed(2))]),
        [text("Together"), text(""), text(cost.usd.toFixed(2))],
      ],
      [null, null, "right"],
    ),
  ];
}

function preflightSection({ preflight, subjects }: DeployPlan): RootContent[] {
  const trusted = Object.entries(subjects).map(([role, subject]): PhrasingContent[] => [
    text(`${role} trusts `),
    code(subject),
  ]);
  const notes = preflight.map(({ level, what, fix }): PhrasingContent[] => [
    text(`${level}: `),
    ...sentence(what),
    ...(fix === null ? [] : [text(". "), ...sentence(capitalise(fix)), text(".")]),
  ]);
  const items = [...notes, ...trusted];
  if (items.length === 0) return [];
  return [
    heading(2, "Before it is applied"),
    {
      type: "list",
      spread: false,
      children: items.map((children) => ({
        type: "listItem",
        spread: false,
        children: [{ type: "paragraph", children }],
      })),
    },
  ];
}

function mergeSection({ policyToMerge }: DeployPlan): RootContent[] {
  if (policyToMerge === null) return [];
  return [
    heading(2, "For the owner of the bucket"),
    paragraph(
      "The bucket exists, so nothing of it is changed. Merge this into its policy before the flow logs are made:",
    ),
    { type: "code", lang: "json", value: policyToMerge },
  ];
}

/** What stands between backticks is a command or a setting: shown as it is typed. */
function sentence(prose: string): PhrasingContent[] {
  return prose.split("`").map((part, i) => (i % 2 === 0 ? text(part) : code(part)));
}

function capitalise(prose: string): string {
  return prose.charAt(0).toUpperCase() + prose.slice(1);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function heading(depth: 1 | 2 | 3, value: string): RootContent {
  return { type: "heading", depth, children: [text(value)] };
}

function paragraph(value: string): RootContent {
  return { type: "paragraph", children: [text(value)] };
}

function table(
  header: readonly string[],
  rows: readonly (readonly PhrasingContent[])[],
  align: Table["align"] = null,
): Table {
  const row = (cells: readonly PhrasingContent[]): TableRow => ({
    type: "tableRow",
    children: cells.map((cell) => ({ type: "tableCell", children: [cell] })),
  });
  return { type: "table", align, children: [row(header.map(text)), ...rows.map(row)] };
}

function text(value: string): PhrasingContent {
  return { type: "text", value };
}

function code(value: string): PhrasingContent {
  return { type: "inlineCode", value };
}
