import { TurnawayError } from "@turnaway/core";

/** Kinds of names that come from configuration, each with all that AWS lets it be. */
const RULES = {
  database: { allowed: /^[a-z0-9_]{1,255}$/, words: "lower-case letters, digits and _" },
  workgroup: { allowed: /^[A-Za-z0-9._-]{1,128}$/, words: "letters, digits, . _ and -" },
  catalog: { allowed: /^[A-Za-z0-9_]{1,128}$/, words: "letters, digits and _" },
  table: { allowed: /^[a-z_][a-z0-9_]{0,254}$/, words: "lower-case letters, digits and _" },
} as const;

export type IdentifierKind = keyof typeof RULES;

/**
 * The name itself when it is one: nothing else ever stands where SQL wants an identifier.
 *
 * @throws TurnawayError CONFIG for any other text.
 */
export function checkIdentifier(kind: IdentifierKind, name: string): string {
  const { allowed, words } = RULES[kind];
  if (allowed.test(name)) return name;
  throw new TurnawayError("CONFIG", {
    what: `wrong name of a ${kind}`,
    where: "athena",
    why: `got ${JSON.stringify(name)}, expected ${words}`,
    fix: `correct athena.${kind} in turnaway.yml`,
  });
}
