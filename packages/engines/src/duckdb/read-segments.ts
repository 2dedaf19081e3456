import type { SourceFile } from "@turnaway/sources";

/** Files that are read together, and the days that they hold records of but that are not to be built. */
export interface ReadSegment {
  readonly files: readonly SourceFile[];
  /** UTC days whose records are in these files by right, and are already built or not wanted. */
  readonly foreignDays: readonly string[];
}

/**
 * Groups the files of a plan by the days that they may hold beside those of the plan.
 *
 * The first files of a day hold the last records of the day before. When that day is
 * not to be built, such records are known and can be dropped after the group; any
 * other record of a day outside of the plan came later than its day was waited for.
 */
export function readSegments(
  files: readonly SourceFile[],
  days: ReadonlyMap<string, string> | null,
  settleHours: number,
): readonly ReadSegment[] {
  if (days === null) return [{ files, foreignDays: [] }];
  const segments = new Map<string, { files: SourceFile[]; foreignDays: readonly string[] }>();
  for (const file of files) {
    const foreignDays = daysOfFile(file, settleHours).filter((day) => !days.has(day));
    const segment = segments.get(foreignDays.join());
    if (segment === undefined) segments.set(foreignDays.join(), { files: [file], foreignDays });
    else segment.files.push(file);
  }
  return [...segments.values()];
}

/** The UTC days that wait for the file: that of its delivery, and those that settle then. */
function daysOfFile({ deliveredAt }: SourceFile, settleHours: number): string[] {
  const first = Math.floor((deliveredAt! - settleHours * 3600) / 86_400) * 86_400;
  const days: string[] = [];
  for (let day = first; day <= deliveredAt!; day += 86_400) {
    days.push(new Date(day * 1000).toISOString().slice(0, 10));
  }
  return days;
}
