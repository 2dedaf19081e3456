import { defineConfig } from "vitest/config";

// The tests of escaping and fitting. They share their modules, for loading those is most of the
// time of a mutant.
export default defineConfig({
  test: {
    include: ["src/escape/*.test.ts", "src/render/issue/*.test.ts"],
    isolate: false,
    pool: "threads",
  },
});
