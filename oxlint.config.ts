import { defineConfig } from "oxlint";

/** Built-in modules that reach the disk, the network, the environment or the clock. */
const IMPURE_MODULES = [
  "fs",
  "fs/promises",
  "net",
  "tls",
  "dgram",
  "dns",
  "dns/promises",
  "http",
  "http2",
  "https",
  "child_process",
  "cluster",
  "worker_threads",
  "os",
  "process",
  "perf_hooks",
  "readline",
  "timers",
  "timers/promises",
];

/**
 * The rules that a machine can check of ARCHITECTURE.md: which way imports point, what pure
 * packages may touch, and how long a thought may be. `turbo boundaries` checks the arrows a
 * second time, from the manifests.
 */
export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "node", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  env: { node: true, es2025: true },
  ignorePatterns: ["**/*.gen.*", "**/dist/**", "**/cdk.out/**"],
  rules: {
    // Budgets: a file is one concept, a function one thought.
    "max-lines": ["error", { max: 350 }],
    "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 4 }],
    "max-depth": ["error", { max: 4 }],
    "unicorn/filename-case": ["error", { case: "kebabCase" }],

    // Modules that Node runs as they stand.
    "import/no-cycle": "error",
    "import/extensions": ["error", "always", { ignorePackages: true }],
    "import/no-default-export": "error",
    "unicorn/prefer-node-protocol": "error",
    "typescript/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],

    // Types and control flow that hold.
    "typescript/no-explicit-any": "error",
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    eqeqeq: ["error", "always"],
    "no-var": "error",
    "prefer-const": "error",
    "no-console": "error",
    "no-eval": "error",
    "no-implied-eval": "error",
    "no-throw-literal": "error",
    "no-warning-comments": ["error", { terms: ["fixme", "xxx", "hack"] }],

    // Rules whose advice would make this code worse.
    "import/no-unassigned-import": "off", // a script may be a module of effects
    "import/no-named-as-default-member": "off", // `ipaddr.IPv4` says where IPv4 comes from
    "no-await-in-loop": "off", // order is often the point
    "no-misleading-character-class": ["error", { allowEscape: true }],
    "no-new": "off", // a constructor that throws is a check
    "no-shadow": "off",
    "no-underscore-dangle": "off",
    "oxc/no-map-spread": "off",
    "typescript/consistent-return": "off", // the compiler checks it, and knows `never`
    "typescript/no-unsafe-type-assertion": "off", // parsing has to end in a type somewhere
    "unicorn/consistent-function-scoping": "off",
    "unicorn/no-array-reverse": "off", // where it would hurt, the array is `readonly`
    "unicorn/no-array-sort": "off",
    "unicorn/require-post-message-target-origin": "off", // threads, not windows
    "unicorn/no-new-array": "off", // the type says which of the two is meant
    "vitest/expect-expect": [
      "error",
      // The assertions of aws-cdk-lib on templates.
      { assertFunctionNames: ["expect", "**.hasResource*", "**.resourceCountIs", "**.resource*"] },
    ],
    "vitest/no-conditional-expect": "off", // `check` helpers branch on the case
    "vitest/no-standalone-expect": "off",
    "vitest/require-to-throw-message": "off",
    "vitest/valid-expect": ["error", { maxArgs: 2 }], // the second one is the message

    "no-restricted-imports": ["error", { patterns: everywhere() }],
  },
  overrides: [
    ...Object.entries({
      core: [],
      sql: ["core"],
      report: ["core", "sql"],
      simulator: ["core"],
      dashboards: ["core", "sql"],
      preview: ["core", "sql", "dashboards", "report"],
    }).map(([name, below]) => purePackage(name, below)),
    {
      files: ["packages/{engines,sources}/src/**/*.ts"],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              ...everywhere(),
              {
                group: ["@turnaway/report", "@turnaway/simulator"],
                message: "Adapters bring data in: what is said about it is the report's affair.",
              },
            ],
          },
        ],
      },
    },
    {
      files: ["**/*.test.ts", "**/test/**/*.ts"],
      rules: {
        "max-lines": ["error", { max: 600 }],
        "max-lines-per-function": "off", // `describe` is a function
        // Tests read golden files, clocks and sample data.
        "no-restricted-imports": ["error", { patterns: everywhere() }],
        "no-restricted-globals": "off",
        "no-restricted-properties": "off",
      },
    },
    {
      files: ["**/*.config.ts"],
      rules: { "import/no-default-export": "off" }, // tools ask for it
    },
    {
      files: ["apps/*/src/**/*.ts", "**/scripts/**/*.ts", "**/bench/**/*.ts"],
      rules: { "no-console": "off" },
    },
  ],
});

/** What nobody imports. */
function everywhere() {
  return [
    {
      group: ["@turnaway/*/src/**", "**/packages/*/src/**"],
      message: "Import the package by name: what it does not export it does not promise.",
    },
    {
      group: ["turnaway", "turnaway/*", "**/apps/**"],
      message: "Nothing points back at an entry: move what is needed into a package.",
    },
  ];
}

/** A package that touches no disk, network, environment or clock, and knows only those below it. */
function purePackage(name: string, below: readonly string[]) {
  const src = `packages/${name}/src/**/*.ts`;
  return {
    files: [src],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            ...everywhere(),
            {
              group: ["@turnaway/*", ...below.map((other) => `!@turnaway/${other}`)],
              message: `packages/${name} may import ${below.length === 0 ? "no other package" : below.join(" and ")}: arrows point towards core.`,
            },
            {
              group: IMPURE_MODULES.flatMap((module) => [module, `node:${module}`]),
              message: `packages/${name} is pure: let the caller read, and pass the value in.`,
            },
          ],
        },
      ],
      "no-restricted-globals": [
        "error",
        ...["process", "fetch", "WebSocket", "performance", "setTimeout", "setInterval"].map(
          (global) => ({
            name: global,
            message: `packages/${name} is pure: no environment, network or clock. Pass the value in.`,
          }),
        ),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Time is a parameter." },
        { object: "Math", property: "random", message: "Chance is a parameter: take a seed." },
      ],
    },
  } as const;
}
