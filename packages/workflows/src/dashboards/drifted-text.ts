import { formatDetail } from "@turnaway/core";
import { renderDiff } from "@turnaway/dashboards";
import { z } from "zod";

import { cutPage } from "../command-text.ts";

/** `turnaway dashboards drift --format json`, as far as it is told of. */
export const driftSchema = z.object({
  assets: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      action: z.string(),
      why: z.string().nullable(),
      // They come from where they were written, and go back there.
      changes: z.array(z.custom<Changes[number]>((value) => typeof value === "object")),
      error: z
        .object({
          what: z.string(),
          where: z.string().exactOptional(),
          why: z.string(),
          fix: z.string().exactOptional(),
        })
        .nullable(),
    }),
  ),
  files: z.record(z.string(), z.string().nullable()),
});

type Changes = Parameters<typeof renderDiff>[1];
type Drift = z.infer<typeof driftSchema>;
type Asset = Drift["assets"][number];

/** What is said of drift in QuickSight on GitHub. */
export interface DriftedText {
  /** What becomes files, for a pull request; null where nothing does. */
  readonly pull: string | null;
  /** What does not, for an issue; null where everything does. */
  readonly issue: string | null;
}

/** Markdown; the same drift makes the same text, so that it is told once. */
export function driftedText({ assets, files }: Drift): DriftedText {
  const isPulled = ({ action, error, name }: Asset): boolean =>
    action === "edited" && error === null && hasFiles(name, files);
  const shown = new Set(
    assets.filter((asset) => asset.kind === "dashboard" && isPulled(asset)).map(({ name }) => name),
  );
  // Of both under one name the files are the dashboard's, which people see.
  const isInFiles = (asset: Asset): boolean =>
    isPulled(asset) && (asset.kind === "dashboard" || !shown.has(asset.name));
  const written = assets.filter(isInFiles);
  const others = assets.filter((asset) => !isInFiles(asset));
  return {
    pull: Object.keys(files).length === 0 ? null : pullText(written),
    issue: others.length === 0 ? null : issueText(others),
  };
}

function hasFiles(name: string, files: Drift["files"]): boolean {
  return Object.keys(files).some((path) => path.startsWith(`${name}/`));
}

function pullText(written: readonly Asset[]): string {
  const diffs = written
    .filter(({ changes }) => changes.length > 0)
    .map(({ name, changes }) => renderDiff(name, changes).trimEnd());
  const ends = WRITTEN.flatMap(({ kind, tell }) => {
    const names = written.filter((asset) => asset.kind === kind).map(({ name }) => code(name));
    return names.length === 0 ? [] : [tell(names.join(", "))];
  });
  const text = [PULL, ...ends, CHECKS, ...diffs].join("\n\n");
  return cutPage(text, LONGEST, "turnaway dashboards drift");
}

const PULL = "Somebody changed this in the QuickSight console, and nothing here says so.";
const CHECKS =
  "GitHub starts no checks for what a workflow opens. Close this and open it again to see them, and the pictures.";

// An analysis has no versions, and nobody but its authors sees it.
const WRITTEN = [
  {
    kind: "dashboard",
    tell: (names: string) =>
      `Changed as a dashboard: ${names}. **Merge** to keep the changes: whoever published them in the console shows them to people already, else the next deployment does, and it is not refused any more. **Close** to refuse them, and put the state of this repository back with \`turnaway dashboards deploy --force --publish\`; what the console has then stays in the history of its versions.`,
  },
  {
    kind: "analysis",
    tell: (names: string) =>
      `Changed as an analysis: ${names}. **Merge** to keep the changes: only its authors see them yet, and the deployment of the merge publishes them on the dashboard. **Close** to refuse them, and put the state of this repository back with \`turnaway dashboards deploy --force --publish\`; the analysis as it is then is kept beside it, as a copy whose id ends in \`-kept-…\`.`,
  },
] as const;

/** In characters, below what GitHub refuses. */
const LONGEST = 60_000;

function issueText(others: readonly Asset[]): string {
  const lines = others.map(({ kind, name, action, why, error }) => {
    const said = error === null ? why : formatDetail(error);
    const rest = said === null ? "" : `: ${code(said)}`;
    return `- ${kind} ${code(name)}: ${WORDS[action] ?? action}${rest}`;
  });
  const text = [
    "What is live in QuickSight is not what the repository says, and files can't say it:",
    lines.join("\n"),
    "Run the workflow `deploy` to put right what waits for it. `turnaway dashboards plan` tells more.",
  ];
  return cutPage(text.join("\n\n"), LONGEST, "turnaway dashboards plan");
}

const WORDS: Readonly<Record<string, string>> = {
  create: "is missing",
  update: "is not as written",
  wait: "is being changed",
  publish: "is deployed, and not published",
  held: "was rolled back",
  edited: "was changed by somebody else",
  unreadable: "could not be read",
  "repair permissions": "has other permissions",
};

// One line, in which no text of the service's means anything.
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
