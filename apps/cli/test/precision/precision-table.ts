import { addTallies, type Judgement, type Tally } from "./judge.ts";

/** What was measured, by log format: one judgement for each seed. */
export type Measured = ReadonlyMap<string, readonly Judgement[]>;

/** The page of the documentation that shows it. */
export function precisionPage(measured: Measured): string {
  return [
    "# Precision and recall",
    "",
    "<!-- Made by `pnpm exec vitest run test/precision -u` in apps/cli, whose tests fail when it is stale. Do not edit. -->",
    "",
    PREFACE,
    ...[...measured].flatMap(([format, judgements]) => section(format, judgements)),
    "",
  ].join("\n");
}

const PREFACE = `Each seed is another simulated VPC of 200 hosts with eight days of traffic and another
calendar of incidents. The report of every day is held against the labels.

- **planted**: incidents that the detection must find; **found**: those that the report
  lists as new on their first day, under this detection, with the right client, server and
  port. **Recall** is found of planted.
- **findings**: what the detection reported as new on any day; **explained**: those that an
  incident of that day accounts for. **Precision** is explained of findings.

The same test holds that a finding goes on as day 2, 3, … while its incident lasts, is
resolved once on the day after, and that no incident is told twice.`;

function section(format: string, judgements: readonly Judgement[]): string[] {
  const detections = [...new Set(judgements.flatMap(({ byDetection }) => [...byDetection.keys()]))];
  const rows = detections
    .toSorted()
    .map((detection): [string, Tally] => [
      detection,
      addTallies(judgements.flatMap(({ byDetection }) => byDetection.get(detection) ?? [])),
    ]);
  const all = addTallies(rows.map(([, tally]) => tally));
  return [
    "",
    `## ${format}, ${judgements.length} seeds`,
    "",
    "| detection | planted | found | recall | findings | explained | precision |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...[...rows, ["**all**", all] as const].map(([name, tally]) => row(name, tally)),
    "",
    harmlessLine(judgements),
  ];
}

function row(name: string, { planted, found, findings, explained }: Tally): string {
  const cells = [name, planted, found, share(found, planted), findings, explained];
  return `| ${[...cells, share(explained, findings)].join(" | ")} |`;
}

// Never rounded up to 1: a single miss among thousands has to show.
function share(part: number, whole: number): string {
  if (whole === 0) return "–";
  return (Math.floor((part / whole) * 1000) / 1000).toFixed(3);
}

function harmlessLine(judgements: readonly Judgement[]): string {
  const kinds = Map.groupBy(
    judgements.flatMap(({ harmless }) => harmless),
    (kind) => kind,
  );
  const list = [...kinds].map(([kind, planted]) => `${planted.length} × ${kind}`);
  return `Planted besides, and rightly in no finding: ${list.join(", ")}.`;
}
