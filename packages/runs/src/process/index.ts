export { catchBugs } from "./catch-bugs.ts";
export { catchSignals, type Interrupt, interruptionOf } from "./catch-signals.ts";
export { describeError, exitCodeOf, oneLine } from "./describe-error.ts";
