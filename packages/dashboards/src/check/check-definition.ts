import { type ErrorDetail, TurnawayError } from "@turnaway/core";

import { assemble } from "../assemble.ts";
import type { DashboardTarget, DefinitionFiles } from "../dashboard.ts";
import { checkShape, type ShapeProblem } from "../model/check-shape.ts";
import { DEFINITION } from "../model/shape.ts";
import { detailOf, type FileProblem, inFileOrder, readSourceFiles } from "../source-files.ts";
import { checkReferences } from "./check-references.ts";

/**
 * Everything that is wrong with the files of a dashboard as far as it can be known without AWS:
 * what is not understood, what the service's model and limits refuse, ids that stand twice,
 * names that nothing declares. Each with its file and line, in the order of the files.
 */
export function checkDefinition(files: DefinitionFiles, target = NOWHERE): readonly ErrorDetail[] {
  try {
    const sources = readSourceFiles(files);
    const { definition, problems, placeOf } = assemble(sources, target);
    // A visual that is not understood has been named already: that it is missing adds nothing.
    const isEcho = ({ what }: ShapeProblem): boolean =>
      sources.visuals.has(/^unknown (?:element|visual) (.+)$/.exec(what)?.[1] ?? "");
    const references = checkReferences(definition).filter((problem) => !isEcho(problem));
    const found = [...checkShape(definition, DEFINITION), ...references];
    const placed = found.map(({ path, ...detail }): FileProblem => ({
      ...detail,
      ...placeOf(path),
    }));
    return inFileOrder([...problems, ...placed].map(detailOf));
  } catch (cause) {
    if (!(cause instanceof TurnawayError)) throw cause;
    return cause.details;
  }
}

/** No account: what a definition says does not depend on where it is deployed. */
export const NOWHERE: DashboardTarget = {
  partition: "aws",
  region: "us-east-1",
  account: "123456789012",
  prefix: "",
};
