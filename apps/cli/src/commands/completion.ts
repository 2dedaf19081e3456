import { usage } from "@turnaway/runs";

import type { Run } from "../command-spec.ts";
import { COMMANDS } from "../command-table.ts";
import { completionScript, SHELLS } from "../completion.ts";
import { print } from "../write-output.ts";

/** `turnaway completion SHELL`: a script to source in that shell. */
export const run: Run = async ([name]) => {
  const shell = SHELLS.find((one) => one === name);
  if (shell === undefined) {
    throw usage("SHELL", `received "${String(name)}"`, `use one of ${SHELLS.join(", ")}`);
  }
  await print(completionScript(shell, COMMANDS));
};
