import { setFlagsFromString } from "node:v8";

/**
 * Keeps the part of the heap that new objects are made in from growing.
 *
 * V8 doubles it, up to 128 MB, when much of what is made stays, as the findings of a large report
 * do; from then on most of it is garbage that waits to be collected. Of a report with 100,000
 * findings that was nearly half of the memory, and a run without it takes no longer (ADR 0011).
 * An Action is given no flags of Node's, and V8 asks for this one each time that it would grow: so
 * it is set here.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
