// Writes the JSON Schemas that editors and other people's tests read.
import { writeFile } from "node:fs/promises";

import { jsonSchemas, jsonSchemaText } from "../src/index.ts";

for (const [name, schema] of Object.entries(jsonSchemas())) {
  await writeFile(new URL(`../schemas/${name}`, import.meta.url), jsonSchemaText(schema));
}
