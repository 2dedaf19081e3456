import { dayWindow } from "@turnaway/core";

import type { OpenWarehouse } from "./open-warehouse.ts";

const FEW_DAYS = 3 * 86_400;

/** When the newest file was delivered, Unix seconds, by listings alone; null where there is none. */
export async function newestDelivery(
  { warehouse, newestDay }: OpenWarehouse,
  now: number,
  signal: AbortSignal,
): Promise<number | null> {
  const newestOf = async (start: number, end: number): Promise<number | null> =>
    (await warehouse.listFiles({ start, end }, signal)).reduce<number | null>(
      (newest, { deliveredAt }) => Math.max(newest ?? 0, deliveredAt),
      null,
    );
  const recent = await newestOf(now - FEW_DAYS, now);
  if (recent !== null) return recent;
  const day = await newestDay();
  if (day === null) return null;
  const { start, end } = dayWindow(day, "UTC");
  return newestOf(start, end + 86_400);
}
