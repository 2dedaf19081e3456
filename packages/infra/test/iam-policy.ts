/**
 * What a policy decides, after IAM, "Policy evaluation logic", for one account and identity
 * policies alone: an explicit deny wins, then an allow, and what nobody speaks of is refused.
 *
 * It knows what our policies use, and throws on anything else, so that no statement passes
 * because it was not understood.
 */
export function decide(
  policy: PolicyDocument,
  request: Request,
): "allowed" | "denied" | "implicit" {
  const speaking = policy.Statement.filter((statement) => applies(statement, request));
  if (speaking.some(({ Effect }) => Effect === "Deny")) return "denied";
  return speaking.length > 0 ? "allowed" : "implicit";
}

export interface Request {
  readonly action: string;
  /** Trust policies name none. */
  readonly resource?: string;
  /** Condition keys of the request. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

const KNOWN_KEYS = new Set(["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]);

function applies(statement: Statement, { action, resource, context = {} }: Request): boolean {
  const unknown = Object.keys(statement).filter((key) => !KNOWN_KEYS.has(key));
  if (unknown.length > 0) throw new SyntaxError(`not understood: ${unknown.join(", ")}`);
  const { Action, Resource, Condition = {} } = statement;
  return (
    listed(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    (Resource === undefined || listed(Resource).some((pattern) => like(pattern, resource!))) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, listed(values), context[key.toLowerCase()]),
      ),
    )
  );
}

// A key that the request lacks makes a condition fail.
function holds(operator: string, values: readonly string[], found: string | undefined): boolean {
  switch (operator) {
    case "StringEquals":
      return found !== undefined && values.includes(found);
    case "StringLike":
    case "ArnLike":
      return found !== undefined && values.some((value) => like(value, found));
    default:
      throw new SyntaxError(`not understood: ${operator}`);
  }
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function listed(values: string | readonly string[]): readonly string[] {
  return typeof values === "string" ? [values] : values;
}
