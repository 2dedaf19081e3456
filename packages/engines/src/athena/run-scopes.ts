import { type Problem, TurnawayError } from "@turnaway/core";

/** An account, region or workgroup that is asked apart from the others. */
export interface Scope {
  readonly name: string;
}

export interface ScopeResults<S extends Scope, Result> {
  readonly results: readonly { readonly scope: S; readonly result: Result }[];
  /** One for each scope that failed; they make the report PARTIAL. */
  readonly problems: readonly Problem[];
}

/**
 * Asks every scope, and keeps what the others answered when some fail.
 *
 * @throws TurnawayError an interruption at once; when every scope failed, the first failure
 * with the details of all.
 */
export async function runScopes<S extends Scope, Result>(
  scopes: readonly S[],
  work: (scope: S) => Promise<Result>,
): Promise<ScopeResults<S, Result>> {
  const settled = await Promise.allSettled(scopes.map(work));
  const results: { scope: S; result: Result }[] = [];
  const failures: { scope: S; error: TurnawayError }[] = [];
  for (const [i, outcome] of settled.entries()) {
    const scope = scopes[i]!;
    if (outcome.status === "fulfilled") results.push({ scope, result: outcome.value });
    else failures.push({ scope, error: failureOf(outcome.reason) });
  }
  if (results.length === 0 && failures.length > 0) throw allFailed(failures);
  return {
    results,
    problems: failures.map(({ scope, error }) => ({
      code: "SCOPE_FAILED",
      where: scope.name,
      detail: error.message,
      partial: true,
    })),
  };
}

function failureOf(error: unknown): TurnawayError {
  if (!(error instanceof TurnawayError) || GOES_ON.has(error.code)) throw error;
  return error;
}

/** Neither an interruption nor a bug is a partial result. */
const GOES_ON = new Set(["INTERRUPTED", "TERMINATED", "BUG"]);

function allFailed(failures: readonly { scope: Scope; error: TurnawayError }[]): TurnawayError {
  const details = failures.flatMap(({ scope, error }) =>
    error.details.map((detail) => ({ ...detail, where: `${scope.name}, ${detail.where ?? ""}` })),
  );
  const { error } = failures[0]!;
  return new TurnawayError(error.code, details, { cause: error });
}
