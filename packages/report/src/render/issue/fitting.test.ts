import type { Finding, Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { manyFindings } from "../../many-findings.ts";
import { sampleReport } from "../../sample-report.ts";
import { renderIssue, type IssueText } from "./render-issue.ts";
import { ISSUE_ROOM } from "./room.ts";

// From the most needed to the least, by a line of each.
const BELOW = [
  "## Internet noise",
  "## Trend · ",
  "## Late packets",
  "## Totals, ",
  "<b>Coverage, as logged</b>",
  "<b>Receipt</b>",
] as const;

function within(report: Report, units: number): IssueText {
  return renderIssue(report, { room: { units, bytes: units * 4 } });
}

const textOf = ({ body, receipt }: IssueText): string => `${body}\n\n${receipt}`;
const shownIn = (text: string): string[] => BELOW.filter((line) => text.includes(line));

describe("what stands below the findings gives way", () => {
  const report = manyFindings(3);

  test("from its end, one after the other, and the findings stay", () => {
    const kept = Array.from({ length: 95 }, (_, index) => {
      const text = within(report, 10_000 - index * 100);
      expect(textOf(text)).toContain("## New · 3");
      return shownIn(textOf(text)).length;
    });
    for (const [index, count] of kept.entries()) {
      if (index > 0) expect(count).toBeLessThanOrEqual(kept[index - 1]!);
      expect(shownIn(textOf(within(report, 10_000 - index * 100)))).toEqual(BELOW.slice(0, count));
    }
    // All of them, none, and every number between.
    expect([...new Set(kept)]).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test("and takes half of what the head leaves, at most", () => {
    for (const units of [4000, 6000, 8000, 12_000]) {
      const { body, receipt } = within(report, units);
      const at = body.search(/^## Internet noise/m);
      const below = at < 0 ? 0 : body.length - at;
      const head = body.indexOf("\n\n## New");
      expect(below + receipt.length).toBeLessThanOrEqual((units - head) / 2 + 4);
    }
  });

  test("in the order in which they are read otherwise", () => {
    const text = textOf(renderIssue(sampleReport()));
    const order = ["## Internet noise", "## Late packets", "## Trend · ", "## Totals, "];
    const places = [...order, "<b>Coverage", "<b>Receipt"].map((line) => text.indexOf(line));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(text.indexOf("<b>Muted"));
  });

  test("and nothing is left of a receipt without room", () => {
    expect(within(report, 1000).receipt).toBe("");
  });

  test("the receipt is apart from the body", () => {
    const { body, receipt } = renderIssue(sampleReport());
    expect(receipt).toMatch(/^<details>\n<summary><b>Receipt<\/b>/);
    expect(body).not.toContain("<b>Receipt");
  });
});

test("notes stand between the head and whose the findings are", () => {
  const { body } = renderIssue(sampleReport(), { notes: ["_One._", "_Two._"] });
  expect(body).toMatch(/\n\n_One\._\n\n_Two\._\n\n## Whose\n/);
  expect(renderIssue(sampleReport(), { notes: [] }).body).toBe(renderIssue(sampleReport()).body);
});

describe("findings that do not all fit in full", () => {
  test.each([
    ["all in full", 3, /^## New · 3$/m, 0],
    ["the others in brief", 100, /\n\n\d+ of them below, one line each\.\n\n/, 0],
    ["the others in comments, too", 900, /<\/details>\n\nThe list goes on in the comments\.\n/, 2],
  ])("stand so: %s", (_, count, says, comments) => {
    const text = renderIssue(manyFindings(count));
    expect(text.body).toMatch(says);
    expect(text.comments.length > 0).toBe(comments > 0);
    expect(text.omitted).toBe(0);
    expect(text.body).not.toContain("report.json and findings.csv only");
    expect(text.body.includes("of them below")).toBe(count > 3);
    expect(text.body.includes("The rest, briefly")).toBe(count > 3);
  });

  test("stand in full as long as all do, however full the body gets", () => {
    const { body } = renderIssue(manyFindings(35));
    expect(body.match(/^#### /gm)).toHaveLength(35);
    expect(body).not.toContain("of them below");
  });

  test("nothing stands between the others and what comes next", () => {
    expect(renderIssue(manyFindings(100)).body).toMatch(
      /\n- 🔴 .*\n\n<\/details>\n\n## Internet noise\n/,
    );
  });

  test("what is said of the others is right", () => {
    const { body, comments } = renderIssue(manyFindings(900));
    const full = body.match(/^#### /gm)!.length;
    const brief = body.match(/^- 🔴 /gm)!.length;
    expect(body).toContain(`\n\n${900 - full} of them below, one line each.\n\n`);
    expect(body).toContain(`<summary><b>The rest, briefly · ${brief}</b></summary>\n\n- 🔴`);
    const continued = comments.flatMap((comment) => comment.split("\n"));
    expect(full + brief + continued.length).toBe(900);
    for (const line of continued) expect(line).toMatch(/^- 🔴 /);
  });

  test("a third of the room shows what has no room in full, in brief", () => {
    const { body } = renderIssue(manyFindings(5000));
    const at = body.indexOf("<details>\n<summary><b>The rest");
    const brief = body.slice(at, body.indexOf("\n\n</details>", at)).length;
    expect(brief / ISSUE_ROOM.units).toBeGreaterThan(0.25);
    expect(brief / ISSUE_ROOM.units).toBeLessThan(0.36);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [undefined, 3],
  ])("as many comments continue it as may: %s", (maxComments, made) => {
    const { comments, omitted, body } = renderIssue(
      manyFindings(maxComments === 0 ? 900 : 8000),
      maxComments === undefined ? {} : { maxComments },
    );
    expect(comments).toHaveLength(maxComments === 0 ? 0 : made);
    expect(omitted).toBeGreaterThan(0);
    expect(body).toContain(`${omitted.toLocaleString("en")} more findings are in report.json`);
    expect(body.includes("The list goes on")).toBe(maxComments !== 0);
    for (const comment of comments) {
      expect(comment.length).toBeLessThanOrEqual(ISSUE_ROOM.units - 500);
      expect(comment.length).toBeGreaterThan(ISSUE_ROOM.units - 800);
    }
  });

  test("one that is left out is one", () => {
    const texts = Array.from({ length: 120 }, (_, index) =>
      renderIssue(manyFindings(40), {
        room: { units: 9000 + 60 * index, bytes: 99_000 },
        maxComments: 0,
      }),
    );
    const one = texts.find(({ omitted }) => omitted === 1)!;
    expect(one.body).toContain("1 more finding is in report.json and findings.csv only.");
  });
});

describe("muted findings", () => {
  const muted = (count: number): Report => {
    const [first] = sampleReport().findings;
    const mute = { reason: "known", owner: "kim", until: "2026-12-31" };
    const findings = Array.from({ length: count }, (_, index): Finding => ({
      ...first!,
      key: `k/${index}`,
      status: "muted",
      mute,
    }));
    return { ...sampleReport("clear"), findings };
  };

  test("are a section of their own, collapsed, and counted", () => {
    const { body } = renderIssue(muted(2));
    expect(body).toMatch(
      /<details>\n<summary><b>Muted · 2<\/b><\/summary>\n\n- .*\n- .*\n\n<\/details>/,
    );
    expect(body).not.toContain("## Muted");
    expect(body).not.toContain("more are in report.json");
    expect(renderIssue(muted(0)).body).not.toContain("Muted");
  });

  test("have a sixth of the room, and what is left out is counted", () => {
    const { body } = renderIssue(muted(1000));
    const section = /<summary><b>Muted · 1,000<\/b><\/summary>[^]*?<\/details>/.exec(body)![0];
    const shown = section.match(/^- /gm)!.length;
    expect(section).toContain(`\n\n${1000 - shown} more are in report.json and findings.csv.\n\n`);
    expect(section.length).toBeLessThan(0.15 * ISSUE_ROOM.units + 200);
    expect(section.length).toBeGreaterThan(0.12 * ISSUE_ROOM.units);
  });
});

test("sections without a finding say so, each by what it is", () => {
  const { body } = renderIssue(sampleReport("clear"));
  expect(body).toMatch(/## New · 0\n\nNothing new\.\n\n## Still there · 0\n\nNothing still there/);
});
