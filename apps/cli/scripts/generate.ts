import { writeFileSync } from "node:fs";
import path from "node:path";

import { COMMANDS } from "../src/command-table.ts";
import { cliPage } from "./cli-page.ts";

writeFileSync(path.join(import.meta.dirname, "../../../docs/cli.gen.md"), cliPage(COMMANDS));
