import { bundle, CHECKOUT, DIST } from "./bundle.ts";
import { describeFiles, readFiles } from "./dist-files.ts";

await bundle(CHECKOUT, DIST);
console.log(`dist: ${describeFiles(readFiles(DIST))}`);
