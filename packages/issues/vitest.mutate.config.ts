import { defineConfig } from "vitest/config";

// The tests of what is pure: what talks to a server takes a hundred times as long, and so do many
// random days. They share their modules, for loading those is most of the time of a mutant.
export default defineConfig({
  test: {
    include: [
      "src/{compare,issue-state,longer-history,markers,our-issues,plan-*,settings}.test.ts",
    ],
    exclude: ["src/plan-property.test.ts"],
    isolate: false,
    pool: "threads",
  },
});
