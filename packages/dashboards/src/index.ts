export * from "./dashboard.ts";
export { expand } from "./expand.ts";
export { DEFAULTS, withoutFilledIn } from "./filled-in.ts";
export { normalize } from "./normalize.ts";
