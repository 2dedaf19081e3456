import path from "node:path";

import { expect, test } from "vitest";

import { readmeWorkflows } from "./readme-workflows.ts";

test("each README has one workflow to copy, with every action of others at a commit", async () => {
  const found = await readmeWorkflows(path.join(import.meta.dirname, "../../../.."));
  expect(found.map(({ file }) => file)).toEqual([
    "apps/reject-report/README.md",
    "apps/reject-report/check/README.md",
    "apps/reject-report/mute/README.md",
  ]);
  for (const { text } of found) {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name!);
    const theirs = uses.filter((name) => !name.startsWith("OWNER/turnaway/"));
    expect(theirs.length).toBeGreaterThan(0);
    for (const name of theirs) expect(name).toMatch(/@[0-9a-f]{40}$/);
    expect(text).toContain("\npermissions: {}\n");
  }
});
