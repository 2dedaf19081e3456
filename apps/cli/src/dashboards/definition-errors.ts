import { type ErrorDetail, TurnawayError } from "@turnaway/core";
import {
  checkColumns,
  checkDefinition,
  type DefinitionFiles,
  sqlColumns,
} from "@turnaway/dashboards";

/**
 * Everything that can be known to be wrong with a dashboard without AWS, by file and line.
 *
 * @param home the dashboard's folder, as messages name it
 */
export function definitionErrors(files: DefinitionFiles, home: string): readonly ErrorDetail[] {
  const found = [...checkDefinition(files), ...columnErrors(files)];
  return found.map(({ where, ...detail }) => ({
    ...detail,
    where: where === undefined ? home : `${home}/${where}`,
  }));
}

// Files that are not YAML have no columns, and are named by the other check.
function columnErrors(files: DefinitionFiles): readonly ErrorDetail[] {
  try {
    return checkColumns(files, sqlColumns());
  } catch (error) {
    if (error instanceof TurnawayError) return [];
    throw error;
  }
}
