import { expect, test } from "vitest";

import { movingTags, nextStep, notesOf } from "./next-step.ts";

test.each([
  ["a change that waits is proposed", ["README.md", "config.json", "a.md"], "1.2.3", "version"],
  ["a version that was merged is published", ["README.md", "config.json"], "1.2.4", "publish"],
  ["a version that has its tag is out", ["README.md", "config.json"], "1.2.3", "nothing"],
  ["nothing was ever released", ["README.md"], "0.0.0", "nothing"],
])("%s", (_, changesetFiles, version, step) => {
  expect(nextStep({ changesetFiles, version, tags: new Set(["v1", "v1.2.3"]) })).toBe(step);
});

test.each([
  ["1.2.3", ["v1", "v1.2"]],
  ["0.1.0", ["v0", "v0.1"]],
  ["2.0.0-rc.1", []],
])("%s moves %j", (version, tags) => expect(movingTags(version)).toEqual(tags));

test("the notes of a version are its own part of the changelog", () => {
  const changelog = "# turnaway\n\n## 1.10.0\n\n### Minor\n\n- ten\n\n## 1.1.0\n\n- one\n";
  expect(notesOf(changelog, "1.10.0")).toBe("### Minor\n\n- ten");
  expect(notesOf(changelog, "1.1.0")).toBe("- one");
  expect(notesOf(changelog, "1.2.0")).toBe("");
});
