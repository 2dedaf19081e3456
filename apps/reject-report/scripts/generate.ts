import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { readmeTables, withTables } from "./readme-tables.ts";

for (const folder of ["..", "../check", "../days", "../mute"]) {
  const [action, readme] = ["action.yml", "README.md"].map((name) =>
    path.join(import.meta.dirname, folder, name),
  );
  const tables = readmeTables(readFileSync(action!, "utf8"));
  writeFileSync(readme!, withTables(readFileSync(readme!, "utf8"), tables));
}
