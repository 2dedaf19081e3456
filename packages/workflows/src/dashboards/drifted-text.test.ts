import { expect, test } from "vitest";

import { driftedText, driftSchema } from "./drifted-text.ts";

const CHANGE = {
  kind: "changed",
  subject: "visual",
  id: "top-sources",
  title: "Who is refused most",
  sheet: "overview",
  details: [{ key: "title", before: "Who is refused most", after: "Who ``` is" }],
};
const EDITED = {
  kind: "dashboard",
  name: "rejects",
  id: "turnaway-production-rejects",
  action: "edited",
  why: "version 4 is not ours",
  permissions: { grant: [], revoke: [] },
  changes: [CHANGE],
  error: null,
};
const FILES = { "rejects/visuals/top-sources.yml": "title: X\n" };

function textOf(assets: readonly object[], files: object): ReturnType<typeof driftedText> {
  return driftedText(driftSchema.parse({ assets, files }));
}

test("nothing is told where nothing drifted", () => {
  expect(textOf([], {})).toEqual({ pull: null, issue: null });
});

test("what becomes files is told in a pull request, by meaning", () => {
  const { pull, issue } = textOf([EDITED], FILES);
  expect(issue).toBeNull();
  expect(pull).toContain("## Dashboard `rejects`\n\n1 visual changed.");
  expect(pull).toContain("**Close** to refuse them");
});

test.each([
  [
    "a data set",
    { ...EDITED, kind: "data set", changes: [] },
    "data set `rejects`: was changed by",
  ],
  ["what waits for a deployment", { ...EDITED, action: "update", why: null }, "is not as written"],
  ["permissions", { ...EDITED, action: "repair permissions", why: null }, "has other permissions"],
  [
    "what can't be files",
    { ...EDITED, error: { what: "unknown `data` set", why: "it is of another deployment" } },
    "`` unknown `data` set: it is of another deployment. ``",
  ],
])("%s is told in an issue", (_, asset, said) => {
  const { pull, issue } = textOf([asset], {});
  expect(pull).toBeNull();
  expect(issue).toContain(said);
});

test("of both each is told once", () => {
  const waiting = { ...EDITED, name: "traffic", action: "update", why: null };
  const { pull, issue } = textOf([EDITED, waiting], FILES);
  expect(pull).not.toContain("traffic");
  expect(issue).toContain("- dashboard `traffic`: is not as written");
  expect(issue).not.toContain("`rejects`");
});

test("of an analysis and its dashboard the files are the dashboard's, and the other is told", () => {
  const analysis = { ...EDITED, kind: "analysis", why: "the analysis is not ours" };
  const { pull, issue } = textOf([analysis, EDITED], FILES);
  expect(pull!.match(/## Dashboard/g)).toHaveLength(1);
  expect(issue).toContain("- analysis `rejects`: was changed by somebody else");
  const alone = textOf([analysis], FILES);
  expect(alone.issue).toBeNull();
  expect(alone.pull).toContain("## Dashboard `rejects`");
});

const ANALYSIS = { ...EDITED, kind: "analysis", why: "somebody changed it" };

test.each([
  [
    "of a dashboard that people see it",
    [EDITED],
    ["history of its versions"],
    ["-kept-", "authors"],
  ],
  [
    "of an analysis that nobody sees it yet",
    [ANALYSIS],
    ["only its authors see them yet", "publishes them", "`-kept-…`"],
    ["history", "already"],
  ],
])("a pull request says %s, and what closing it keeps", (_, assets, said, unsaid) => {
  const pull = textOf(assets, FILES).pull!;
  for (const words of said) expect(pull).toContain(words);
  for (const words of unsaid) expect(pull).not.toContain(words);
});

test("a pull request of both kinds says of which it says what", () => {
  const analysis = { ...ANALYSIS, name: "traffic" };
  const files = { ...FILES, "traffic/dashboard.yml": "name: X\n" };
  const pull = textOf([EDITED, analysis], files).pull!;
  expect(pull).toContain("Changed as a dashboard: `rejects`. ");
  expect(pull).toContain("Changed as an analysis: `traffic`. ");
});
