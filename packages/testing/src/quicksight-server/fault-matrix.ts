import { QUICKSIGHT_FAULTS, type QuickSightFault } from "./faults.ts";
import { SERVED, type OperationName } from "./model/served.ts";
import type { QuickSightServer } from "./quicksight-server.ts";
import type { QuickSightRequest } from "./request.ts";

/** One thing that goes wrong in one request of a run. */
export interface QuickSightInjection {
  readonly fault: keyof typeof QUICKSIGHT_FAULTS;
  /** `before`: the work is not done; `after`: it is done, and only the answer suffers. */
  readonly stage: "before" | "after";
  readonly operation: OperationName;
  /** Which request of a clean run, from 0. */
  readonly at: number;
}

/**
 * Every fault before and after every request of a clean run, where it makes a difference: a
 * refusal is never the answer to what was done, and only what begins something can leave it
 * failed or stuck. What is asked of other services is left out.
 */
export function injectionsInto(
  requests: readonly Pick<QuickSightRequest, "operation" | "at">[],
): QuickSightInjection[] {
  const faults = Object.entries(QUICKSIGHT_FAULTS) as [
    QuickSightInjection["fault"],
    QuickSightFault,
  ][];
  return requests.flatMap(({ operation, at }) => {
    if (!isServed(operation)) return [];
    return faults.flatMap(([fault, { kind }]) =>
      stagesOf({ fault, kind }, operation).map((stage) => ({ fault, stage, operation, at })),
    );
  });
}

/** Lets it go wrong in a run that begins now; the requests after it are answered as ever. */
export function injectAt(
  server: QuickSightServer,
  { fault, stage, at }: Pick<QuickSightInjection, "fault" | "stage" | "at">,
  times = 1,
): void {
  const first = server.requests.length + at;
  server.inject({
    fault: QUICKSIGHT_FAULTS[fault],
    stage,
    when: (request) => request.at >= first,
    times,
  });
}

/** What a request does: reads never change anything. */
export function isRead(operation: OperationName): boolean {
  return /^(?:Describe|List)/.test(operation);
}

const BEGINS_WORK = /^(?:Create|Update)(?:DataSource|DataSet|Analysis|Dashboard|Ingestion)$/;

function stagesOf(
  { fault, kind }: Pick<QuickSightInjection, "fault"> & Pick<QuickSightFault, "kind">,
  operation: OperationName,
): readonly QuickSightInjection["stage"][] {
  if (kind === "outcome") return BEGINS_WORK.test(operation) ? ["before"] : [];
  const isAnswered = kind === "refuse" && fault !== "500" && fault !== "503";
  return isAnswered || isRead(operation) ? ["before"] : ["before", "after"];
}

function isServed(operation: QuickSightRequest["operation"]): operation is OperationName {
  return (SERVED as readonly unknown[]).includes(operation);
}
