export { type CaseEngine, literalRows } from "./case-engine.ts";
export { type CaseFile, readCaseFiles, type SqlCase } from "./case-file.ts";
export { type CaseOutcome, runCase } from "./run-case.ts";
