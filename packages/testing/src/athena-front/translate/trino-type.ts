/** A type of Hive as Trino writes it: `array<string>` is `array(varchar)`. */
export function trinoType(hive: string): string {
  const text = hive.toLowerCase().replaceAll(/\s/g, "");
  const nested = /^(array|map|struct)<(.*)>$/.exec(text);
  if (nested === null) return SIMPLE[text] ?? text;
  const [, kind, inner = ""] = nested;
  const parts = split(inner);
  if (kind === "struct") {
    const fields = parts.map((part) => {
      const colon = part.indexOf(":");
      return `"${part.slice(0, colon)}" ${trinoType(part.slice(colon + 1))}`;
    });
    return `row(${fields.join(", ")})`;
  }
  return `${kind}(${parts.map(trinoType).join(", ")})`;
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: "varchar",
  int: "integer",
  float: "real",
  binary: "varbinary",
  timestamp: "timestamp(3)",
};

// At the commas outside of any bracket.
function split(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "<" || sign === "(") depth += 1;
    if (sign === ">" || sign === ")") depth -= 1;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}
