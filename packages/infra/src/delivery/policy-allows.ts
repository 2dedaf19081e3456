/** What somebody wants to do, with the keys that conditions ask for. */
export interface PolicyRequest {
  /** A service such as `delivery.logs.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** Keys in lower case: IAM does not tell `aws:SourceArn` from `aws:sourcearn`. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Whether a policy document, as AWS gives it, lets a service do something. A part that this does
 * not understand allows nothing and denies nothing: then a person is asked to look once too often.
 */
export function policyAllows(policy: unknown, request: PolicyRequest): boolean {
  const statements = listOf(field(policy, "Statement")).filter((one) => matches(one, request));
  const effects = new Set(statements.map((one) => field(one, "Effect")));
  return effects.has("Allow") && !effects.has("Deny");
}

function matches(statement: unknown, { service, action, resource, context }: PolicyRequest) {
  return (
    isFor(field(statement, "Principal"), service) &&
    // Neither actions nor services care for case; resources do.
    someLike(field(statement, "Action"), action.toLowerCase(), (text) => text.toLowerCase()) &&
    someLike(field(statement, "Resource"), resource) &&
    holds(field(statement, "Condition"), context)
  );
}

function isFor(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  return (
    listOf(field(principal, "Service")).includes(service) ||
    listOf(field(principal, "AWS")).includes("*")
  );
}

function holds(condition: unknown, context: PolicyRequest["context"]): boolean {
  if (typeof condition !== "object" || condition === null) return true;
  return Object.entries(condition).every(([written, keys]) => {
    const optional = written.endsWith("IfExists");
    const test = OPERATORS[written.replace(/IfExists$/, "")];
    return Object.entries(keys as object).every(([key, wanted]) => {
      const value = context[key.toLowerCase()];
      if (value === undefined) return optional;
      return test !== undefined && test(value, listOf(wanted).map(String));
    });
  });
}

type Operator = (value: string, wanted: readonly string[]) => boolean;

const isOneOf: Operator = (value, wanted) => wanted.includes(value);
const isLikeOne: Operator = (value, wanted) => wanted.some((pattern) => like(pattern, value));
const isSameWord: Operator = (value, wanted) =>
  wanted.some((one) => one.toLowerCase() === value.toLowerCase());

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: isOneOf,
  StringEqualsIgnoreCase: isSameWord,
  StringNotEquals: (value, wanted) => !isOneOf(value, wanted),
  StringLike: isLikeOne,
  StringNotLike: (value, wanted) => !isLikeOne(value, wanted),
  ArnEquals: isLikeOne,
  ArnLike: isLikeOne,
  ArnNotEquals: (value, wanted) => !isLikeOne(value, wanted),
  ArnNotLike: (value, wanted) => !isLikeOne(value, wanted),
  Bool: isSameWord,
};

function someLike(
  patterns: unknown,
  value: string,
  normalize = (text: string): string => text,
): boolean {
  return listOf(patterns).some(
    (pattern) => typeof pattern === "string" && like(normalize(pattern), value),
  );
}

/** `*` is any text and `?` one character, as IAM has it. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(value);
}

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
