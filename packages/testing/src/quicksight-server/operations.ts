import { ACCOUNT } from "./assets/account.ts";
import { ANALYSES } from "./assets/analyses.ts";
import { DASHBOARDS } from "./assets/dashboards.ts";
import { DATA_SETS } from "./assets/data-sets.ts";
import { DATA_SOURCES } from "./assets/data-sources.ts";
import { INGESTIONS } from "./assets/ingestions.ts";
import { PERMISSIONS } from "./assets/permissions.ts";
import { REFRESH } from "./assets/refresh.ts";
import { TAGS } from "./assets/tags.ts";
import type { Call, Handler } from "./call.ts";
import { checkShape } from "./model/check-shape.ts";
import type { OperationName } from "./model/served.ts";
import { OPERATIONS } from "./model/service-model.gen.ts";
import { invalid, notFound, ServiceError } from "./service-error.ts";

/**
 * Does one operation, as the account's edition allows it. Both sides are held to the service's
 * model: what is wrong with the input is handed to `violated` and refused, and a wrong answer of
 * ours is an error that no test gets past.
 *
 * @throws ServiceError
 */
export function operate(
  operation: OperationName,
  call: Call,
  violated: (problems: readonly string[]) => void,
): object {
  const { input, output, errors } = OPERATIONS[operation]!;
  const problems = checkShape(call.input, input);
  if (problems.length > 0) {
    violated(problems);
    throw invalid(`${problems.length} validation error detected: ${problems[0]}`);
  }
  checkAccount(operation, call);
  try {
    const answer = HANDLERS[operation](call);
    const wrong = checkShape(answer, output).filter((problem) => !IS_TOLD_OTHERWISE.test(problem));
    if (wrong.length > 0) throw unfaithful(operation, wrong.join("; "));
    return answer;
  } catch (error) {
    if (!(error instanceof ServiceError) || errors.includes(error.type)) throw error;
    throw error.status === 501 ? error : unfaithful(operation, `answers ${error.type}`);
  }
}

// A status is that of the response, and not in its body. Lists that may not be sent empty are
// answered empty all the same.
const IS_TOLD_OTHERWISE = /at 'Status'|length greater than or equal to 1$/;

const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  ...ACCOUNT,
  ...DATA_SOURCES,
  ...DATA_SETS,
  ...REFRESH,
  ...INGESTIONS,
  ...ANALYSES,
  ...DASHBOARDS,
  ...PERMISSIONS,
  ...TAGS,
};

// Of these the standard edition has none.
const ENTERPRISE = /Dashboard|Analys[ei]s|RefreshProperties|RefreshSchedule|Permissions/;

// Users and groups are kept in one region for all of an account's.
const IDENTITY = /User|Group|Namespace/;

function checkAccount(operation: OperationName, { store, input, region }: Call): void {
  if (input["AwsAccountId"] !== undefined && input["AwsAccountId"] !== store.account) {
    throw new ServiceError("AccessDeniedException", "The account is not that of the caller");
  }
  if (operation === "DescribeAccountSubscription") return;
  if (store.edition === null) {
    throw notFound(`Directory information for account ${store.account}`);
  }
  if (IDENTITY.test(operation) && region !== store.identityRegion) {
    throw new ServiceError(
      "AccessDeniedException",
      `Operation is being called from endpoint ${region}, but your identity region is ${store.identityRegion}. Please use the ${store.identityRegion} endpoint.`,
    );
  }
  const isLacking = store.edition === "STANDARD" && ENTERPRISE.test(operation);
  if (isLacking && OPERATIONS[operation]!.errors.includes("UnsupportedUserEditionException")) {
    throw new ServiceError(
      "UnsupportedUserEditionException",
      "This operation is not supported in the Standard edition",
    );
  }
}

function unfaithful(operation: string, what: string): ServiceError {
  return new ServiceError("NotAsTheService", `Not as the service does ${operation}: ${what}`, 501);
}
