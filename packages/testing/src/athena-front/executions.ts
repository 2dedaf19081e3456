import { createHash, randomUUID } from "node:crypto";

import { ServiceError } from "./front-answer.ts";
import { type BackendResult, BackendError, type FrontBackend } from "./front-backend.ts";
import { statementType } from "./statement-type.ts";

export type ExecutionState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

/** One query of the front, and how it stands. */
export interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly params: readonly string[];
  readonly database: string;
  readonly workgroup: string;
  readonly outputLocation: string | null;
  readonly cutoffBytes: number | null;
  readonly submittedAt: number;
  state: ExecutionState;
  reason?: string;
  error?: {
    ErrorCategory?: number;
    ErrorType?: number;
    Retryable?: boolean;
    ErrorMessage?: string;
  };
  scannedBytes: number;
  completedAt?: number;
  result?: BackendResult;
  /** How often its state was asked for. */
  looks: number;
}

/** What is to become of an execution, instead of what its backend says. */
export interface Outcome {
  /** Stays in this state until it is stopped. */
  readonly stuck?: "QUEUED" | "RUNNING";
  readonly state?: "FAILED" | "CANCELLED";
  readonly reason?: string;
  readonly error?: Execution["error"];
  readonly scannedBytes?: number;
  /** Stopping is taken and has no effect. */
  readonly unstoppable?: boolean;
}

export interface OutcomeRule {
  readonly outcome: Outcome;
  readonly when?: (execution: Execution) => boolean;
  readonly times?: number;
}

/** How many looks at a query find it waiting, and how many running, before its end is shown. */
export interface Looks {
  readonly queued: number;
  readonly running: number;
}

/** All queries of a front: started once for each token, run by the backend, stopped on demand. */
export class Executions {
  readonly all: Execution[] = [];
  private readonly backend: FrontBackend;
  private readonly looks: Looks;
  private readonly tokens = new Map<string, { id: string; print: string }>();
  private readonly runs = new Map<string, { done: Promise<Ending>; stop: AbortController }>();
  private readonly outcomes = new Map<string, Outcome>();
  private rules: (OutcomeRule & { left: number })[] = [];

  constructor(backend: FrontBackend, looks: Looks) {
    this.backend = backend;
    this.looks = looks;
  }

  plan(rule: OutcomeRule): void {
    this.rules.push({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    for (const { stop } of this.runs.values()) stop.abort();
    this.all.length = 0;
    this.tokens.clear();
    this.runs.clear();
    this.outcomes.clear();
    this.rules = [];
  }

  active(): Execution[] {
    return this.all.filter(({ state }) => state === "QUEUED" || state === "RUNNING");
  }

  /** The same token is the same query; with another request it is an error. */
  start(
    token: string,
    input: Pick<
      Execution,
      "sql" | "params" | "database" | "workgroup" | "outputLocation" | "cutoffBytes"
    >,
  ): string {
    const print = createHash("sha256").update(JSON.stringify(input)).digest("hex");
    const known = this.tokens.get(token);
    if (known !== undefined) {
      if (known.print === print) return known.id;
      throw new ServiceError("InvalidRequestException", "Idempotent parameters do not match");
    }
    const id = randomUUID();
    const execution: Execution = {
      ...input,
      id,
      submittedAt: Date.now(),
      state: "QUEUED",
      scannedBytes: 0,
      looks: 0,
    };
    this.tokens.set(token, { id, print });
    this.all.push(execution);
    this.run(execution);
    return id;
  }

  get(id: string): Execution {
    const found = this.all.find((execution) => execution.id === id);
    if (found !== undefined) return found;
    throw new ServiceError("InvalidRequestException", `QueryExecution ${id} was not found`);
  }

  /** The query as it stands now; asking for it is what makes time pass for it. */
  async look(id: string): Promise<Execution> {
    const execution = this.get(id);
    const outcome = this.outcomes.get(id);
    execution.looks += 1;
    const { looks } = execution;
    if (isEnded(execution)) return execution;
    if (outcome?.stuck !== undefined) {
      execution.state = outcome.stuck;
      if (outcome.scannedBytes !== undefined) execution.scannedBytes = outcome.scannedBytes;
      return execution;
    }
    if (looks <= this.looks.queued) return execution;
    execution.state = "RUNNING";
    if (looks <= this.looks.queued + this.looks.running) return execution;
    const ending = await Promise.race([this.runs.get(id)!.done, pause(LONGEST_LOOK_MS)]);
    // It may have been stopped meanwhile.
    if (ending !== undefined && !isEnded(execution)) ending(execution);
    return execution;
  }

  stop(id: string): void {
    const execution = this.get(id);
    if (isEnded(execution) || this.outcomes.get(id)?.unstoppable) return;
    end(execution, "CANCELLED", "Query was cancelled by user");
    this.runs.get(id)?.stop.abort();
  }

  private run(execution: Execution): void {
    const stop = new AbortController();
    const rule = this.rules.find((each) => each.left > 0 && (each.when?.(execution) ?? true));
    if (rule !== undefined) {
      rule.left -= 1;
      this.outcomes.set(execution.id, rule.outcome);
    }
    const done = runToEnd(execution, { backend: this.backend, outcome: rule?.outcome, stop });
    this.runs.set(execution.id, { done, stop });
  }
}

/** A look never takes longer: a real one answers RUNNING at once. */
const LONGEST_LOOK_MS = 250;

interface RunOptions {
  readonly backend: FrontBackend;
  readonly outcome: Outcome | undefined;
  readonly stop: AbortController;
}

/** How a query ends, once somebody looks: one that nobody asks for again stays RUNNING. */
type Ending = (execution: Execution) => void;

async function runToEnd(
  { sql, params, database, cutoffBytes }: Execution,
  { backend, outcome, stop }: RunOptions,
): Promise<Ending> {
  const { state, error, reason, scannedBytes = 0 } = outcome ?? {};
  if (state !== undefined) {
    return (execution) => {
      execution.scannedBytes = scannedBytes;
      if (error !== undefined) execution.error = error;
      end(execution, state, reason);
    };
  }
  if (outcome?.stuck !== undefined) return () => undefined;
  try {
    const result = await backend(sql, params, { database, signal: stop.signal });
    return (execution) => {
      execution.scannedBytes = outcome?.scannedBytes ?? result.scannedBytes;
      if (cutoffBytes !== null && execution.scannedBytes > cutoffBytes) {
        return end(execution, "CANCELLED", "Bytes scanned limit was exceeded");
      }
      execution.result = result;
      return end(execution, "SUCCEEDED");
    };
  } catch (thrown) {
    return (execution) => fail(execution, thrown);
  }
}

function fail(execution: Execution, thrown: unknown): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof BackendError) {
    const { category, type, retryable } = thrown;
    execution.error = {
      ErrorCategory: category,
      ErrorType: type,
      Retryable: retryable,
      ErrorMessage: message,
    };
  }
  end(execution, "FAILED", message);
}

function end(execution: Execution, state: ExecutionState, reason?: string): void {
  execution.state = state;
  execution.completedAt = Date.now();
  if (reason !== undefined) execution.reason = reason;
}

function isEnded({ state }: Execution): boolean {
  return state !== "QUEUED" && state !== "RUNNING";
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, undefined).unref();
  });
}

/** The execution as `GetQueryExecution` shows it. */
export function describeExecution(execution: Execution) {
  const { id, sql, params, database, workgroup, outputLocation } = execution;
  const { type, subtype } = statementType(sql);
  const total = (execution.completedAt ?? Date.now()) - execution.submittedAt;
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: type,
    SubstatementType: subtype,
    ResultConfiguration:
      outputLocation === null ? {} : { OutputLocation: `${outputLocation}${id}.csv` },
    ManagedQueryResultsConfiguration: { Enabled: outputLocation === null },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: database, Catalog: "awsdatacatalog" },
    Status: {
      State: execution.state,
      ...(execution.reason !== undefined && { StateChangeReason: execution.reason }),
      ...(execution.error !== undefined && { AthenaError: execution.error }),
      SubmissionDateTime: execution.submittedAt / 1000,
      ...(execution.completedAt && { CompletionDateTime: execution.completedAt / 1000 }),
    },
    Statistics: {
      EngineExecutionTimeInMillis: total,
      DataScannedInBytes: execution.scannedBytes,
      TotalExecutionTimeInMillis: total,
      QueryQueueTimeInMillis: 12,
      ResultReuseInformation: { ReusedPreviousResult: false },
    },
    WorkGroup: workgroup,
    EngineVersion: {
      SelectedEngineVersion: "AUTO",
      EffectiveEngineVersion: "Athena engine version 3",
    },
    ...(params.length > 0 && { ExecutionParameters: params }),
  };
}
