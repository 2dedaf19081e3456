import { readFileSync, writeFileSync } from "node:fs";

import { extractOperations, type Schema } from "../src/github-server/openapi/extract-operations.ts";
import { OPERATION_NAMES } from "../src/github-server/openapi/operation-names.ts";

// The description is 13 MB; the few operations that the server knows are all a test has to read.
const source = new URL(import.meta.resolve("@octokit/openapi/generated/api.github.com.json"));
const document = JSON.parse(readFileSync(source, "utf8")) as Schema;
const target = new URL("../src/github-server/openapi/operations.gen.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(extractOperations(document, OPERATION_NAMES), null, 1)}\n`);
