import { createRequire } from "node:module";

import { nativePart } from "./native-part.ts";

// Stands in the bundle for `@duckdb/node-bindings`: the JavaScript of DuckDB is bundled, its
// native part lies where it was installed.
if (nativePart.file === null) throw new Error("DuckDB is asked for before it was provided");

// oxlint-disable-next-line import/no-default-export -- as the package has it
export default createRequire(nativePart.file)(nativePart.file) as unknown;
