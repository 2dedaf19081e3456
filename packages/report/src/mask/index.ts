export { defang } from "./defang.ts";
export { maskReport, postedKey } from "./mask-report.ts";
export { isBlankedKey } from "./placeholders.ts";
export { textMask, type MaskKind, type MaskOptions } from "./text-mask.ts";
