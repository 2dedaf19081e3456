import { tmpdir } from "node:os";

import { makeTempFolder } from "@turnaway/engines/duckdb";

/** Hands a temporary folder to `use`, and removes it whatever comes of that. */
export async function withTempFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const temp = makeTempFolder(tmpdir());
  try {
    return await use(temp.path);
  } finally {
    temp.remove();
  }
}
