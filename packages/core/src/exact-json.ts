/**
 * JSON with every digit: bigint becomes a number literal, whatever its size.
 *
 * `JSON.stringify` alone throws on bigint, and a number above 2^53 would be rounded.
 */
export function stringifyExact(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    // Few values hold a bigint, and asking about each part takes five times as long.
    if (!(error instanceof TypeError)) throw error;
  }
  return JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === "bigint" ? rawJson(part.toString()) : part),
    indent,
  );
}

/** Parses JSON keeping integers above 2^53 as bigint. */
export function parseExact(text: string): unknown {
  const revive = (_key: string, part: unknown, context?: { source?: string }): unknown => {
    const source = context?.source;
    return typeof part === "number" && !Number.isSafeInteger(part) && /^-?\d+$/.test(source ?? "")
      ? BigInt(source!)
      : part;
  };
  return JSON.parse(text, revive);
}

function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
