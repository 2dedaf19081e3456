export { lintDialect, type UnknownName } from "./lint-dialect.ts";
export { lintPruning, requirePruned, type UnprunedRead } from "./lint-pruning.ts";
