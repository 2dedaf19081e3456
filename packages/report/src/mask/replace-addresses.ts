import { canonicalAddress } from "@turnaway/core";

/** What stands in place of an address; undefined leaves it as it is. */
export type AddressReplacement = (written: string, canonical: string) => string | undefined;

/**
 * Replaces the IPv4 and IPv6 addresses of a text, wherever they stand: `10.0.3.7:5432`,
 * `[fd12::7]:443`, within a path, a sentence or a longer run of digits and dots.
 *
 * Where a run of such characters is no address, every address within it is tried, so that
 * nothing hides behind a digit or a colon.
 */
export function replaceAddresses(text: string, replace: AddressReplacement): string {
  return text.replace(RUN, (run) => {
    const colons = run.split(":").length - 1;
    const mayBeV6 = run.includes("::") || colons >= 6;
    if (!mayBeV6) return replaceV4(run, replace);
    const [, before = "", core = run, after = ""] = /^(:(?!:))?(.*?)([.:]?)$/.exec(run) ?? [];
    for (const [start, whole, end] of [
      ["", run, ""],
      [before, core, after],
    ] as const) {
      const canonical = canonicalAddress(whole);
      if (canonical !== undefined) {
        return start + (replace(whole, canonical) ?? replaceV4(whole, replace)) + end;
      }
    }
    return replaceWithin(run, replace);
  });
}

const RUN = /[0-9a-f:.]{3,}/gi;
const V4_RUN = /\d+(?:\.\d+){3,}/g;

/** `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255` */
const LONGEST = 45;

function replaceV4(run: string, replace: AddressReplacement): string {
  return run.replace(V4_RUN, (numbers) => {
    const parts = numbers.split(".");
    const done: string[] = [];
    while (parts.length > 0) {
      const written = parts.slice(0, 4).join(".");
      const canonical = parts.length < 4 ? undefined : canonicalV4(parts);
      const placeholder = canonical === undefined ? undefined : replace(written, canonical);
      done.push(placeholder ?? parts[0]!);
      parts.splice(0, placeholder === undefined ? 1 : 4);
    }
    return done.join(".");
  });
}

// Leading zeros are read as decimal: who wrote them meant this address.
function canonicalV4(parts: readonly string[]): string | undefined {
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return a > 255 || b > 255 || c > 255 || d > 255 ? undefined : `${a}.${b}.${c}.${d}`;
}

function replaceWithin(run: string, replace: AddressReplacement): string {
  let done = "";
  let start = 0;
  while (start < run.length) {
    const found = isStart(run, start) ? firstWithin(run, start, replace) : undefined;
    if (found === undefined) {
      done += run[start]!;
      start += 1;
    } else {
      done += found.placeholder;
      start = found.end;
    }
  }
  return replaceV4(done, replace);
}

function firstWithin(
  run: string,
  start: number,
  replace: AddressReplacement,
): { readonly placeholder: string; readonly end: number } | undefined {
  for (let end = Math.min(run.length, start + LONGEST); end > start + 1; end -= 1) {
    if (end < run.length && /[0-9a-f]/i.test(run[end]!) && /[0-9a-f]/i.test(run[end - 1]!))
      continue;
    const written = run.slice(start, end);
    const canonical = written.includes(":") ? canonicalAddress(written) : undefined;
    const placeholder = canonical === undefined ? undefined : replace(written, canonical);
    if (placeholder !== undefined) return { placeholder, end };
  }
  return undefined;
}

function isStart(run: string, index: number): boolean {
  return index === 0 || /[:.]/.test(run[index - 1]!);
}
