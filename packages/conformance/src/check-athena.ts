import assert from "node:assert/strict";

import { type QueryEngine, type Row, type Statement, TurnawayError } from "@turnaway/core";
import {
  type AthenaEngine,
  createAthenaClient,
  createAthenaEngine,
} from "@turnaway/engines/athena";
import {
  type AthenaFront,
  type FrontFault,
  refuseCall,
  startAthenaFront,
  trinoBackend,
} from "@turnaway/testing/athena-front";

import type { Tally } from "./tally.ts";

export interface AthenaCheck {
  /** Connected to the catalog `awsdatacatalog` and the schema {@link database}. */
  readonly trino: QueryEngine;
  readonly database: string;
  /** What both are asked; the rows have to be equal, in their order. */
  readonly statements: readonly Statement[];
  readonly tally: Tally;
}

/**
 * The Athena engine end to end: the real SDK client over HTTP, a front that speaks Athena's
 * protocol, this Trino behind it, and something that goes wrong at every step.
 */
export async function checkAthena({
  trino,
  database,
  statements,
  tally,
}: AthenaCheck): Promise<void> {
  const check = (name: string, body: () => Promise<string | void>): Promise<void> =>
    tally.check("athena", name, body);
  const athena = await openAthena(trino, database);
  try {
    for (const statement of [...statements, PAGES]) {
      await check(`${statement.name} as on Trino`, async () => {
        const [wanted, got] = [await trino.run(statement), await athena.engine().run(statement)];
        assert.deepEqual(got.rows, wanted.rows);
        return `${got.rows.length} rows`;
      });
    }
    await checkFaults(athena, check);
    await check("an interrupted query runs no more, here and there", () =>
      interrupt(athena, trino),
    );
    for (const [sql, message] of WRONG) {
      await check(`what Trino refuses is explained: ${sql}`, async () => {
        await assert.rejects(athena.engine().run({ name: "wrong", sql }), message);
      });
    }
  } finally {
    await athena.close();
  }
}

/** More than a page, with what is easily lost on the way. */
const PAGES: Statement = {
  name: "three pages",
  sql: `SELECT n, n + 9007199254740993 AS big, IF(n % 2 = 0, '', NULL) AS text, n % 3 = 0 AS third,
    CAST(n AS double) / 4 AS quarter, TIMESTAMP '2026-11-19 07:00:00' AS at, CAST(n AS decimal(38, 0)) * ? AS large
    FROM UNNEST(sequence(1, 2500)) AS t (n) ORDER BY n`,
  params: [10n ** 15n],
};

const WRONG: readonly (readonly [string, RegExp])[] = [
  [
    "SELECT nope FROM (SELECT 1 AS n) AS t",
    /COLUMN_NOT_FOUND: line 1:8: .* Correct the SQL; .*see it at https/,
  ],
  ["SELECT * FROM no_such_table", /TABLE_NOT_FOUND: .* Run `turnaway deploy apply`/],
  ["SELECT 1 / 0 AS n", /DIVISION_BY_ZERO: .*see it at https/],
];

interface Athena {
  readonly front: AthenaFront;
  /** A run of its own each time. */
  engine(): AthenaEngine;
  close(): Promise<void>;
}

/** Long enough for any answer that is on its way, short enough to wait for one that is not. */
const REQUEST_MS = 2000;

async function openAthena(trino: QueryEngine, database: string): Promise<Athena> {
  const front = await startAthenaFront({
    backend: trinoBackend({ run: (statement, signal) => trino.run(statement, signal) }),
    catalog: { workgroups: { turnaway: {} }, databases: { [database]: [] } },
  });
  const api = await createAthenaClient(
    {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_ATHENA: front.url,
    },
    { requestMs: REQUEST_MS },
  );
  return {
    front,
    engine: () => createAthenaEngine({ api, workgroup: "turnaway", database }),
    async close() {
      api.destroy();
      await front.close();
    },
  };
}

const STEPS = ["StartQueryExecution", "GetQueryExecution", "GetQueryResults"];

const FAULTS: Readonly<Record<string, FrontFault>> = {
  reset: { kind: "reset" },
  "lost answer": { kind: "lost" },
  throttle: refuseCall(400, "ThrottlingException"),
  "500": refuseCall(500, "InternalServerException"),
  hang: { kind: "hang" },
  "answer cut short": { kind: "short" },
};

type Check = (name: string, body: () => Promise<string | void>) => Promise<void>;

async function checkFaults(athena: Athena, check: Check): Promise<void> {
  const wanted = (await athena.engine().run(PAGES)).rows;
  for (const [name, fault] of Object.entries(FAULTS)) {
    for (const when of STEPS) {
      await check(`${name} at ${when}`, () =>
        survives(athena, wanted, () => athena.front.inject({ when, fault, times: 1 })),
      );
    }
  }
  await check("page 2 fails", () =>
    survives(athena, wanted, () =>
      athena.front.inject({
        when: "GetQueryResults",
        fault: refuseCall(500, "InternalServerException"),
        times: 2,
        after: 1,
      }),
    ),
  );
  await check("a failure that Athena calls retryable", () =>
    survives(
      athena,
      wanted,
      () =>
        athena.front.plan({
          outcome: { state: "FAILED", error: { ErrorCategory: 1, Retryable: true } },
          times: 1,
        }),
      2,
    ),
  );
  for (const [name, outcome] of [
    ["FAILED by the user", { state: "FAILED", error: { ErrorCategory: 2 } }],
    ["CANCELLED outside", { state: "CANCELLED" }],
  ] as const) {
    await check(name, async () => {
      athena.front.reset();
      athena.front.plan({ outcome });
      await assert.rejects(athena.engine().run(PAGES), { code: "ENGINE", exitCode: 4 });
      assert.equal(athena.front.executions.length, 1);
    });
  }
  await check("an expired token", async () => {
    athena.front.reset();
    athena.front.expiredKeys.add("test");
    await assert.rejects(athena.engine().run(PAGES), { code: "AWS", exitCode: 4 });
    athena.front.reset();
  });
}

async function survives(
  athena: Athena,
  wanted: readonly Row[],
  given: () => void,
  executions = 1,
): Promise<string> {
  athena.front.reset();
  given();
  const { rows } = await athena.engine().run(PAGES);
  assert.deepEqual(rows, wanted);
  assert.equal(athena.front.executions.length, executions);
  assert.equal(running(athena).length, 0);
  return `${rows.length} rows`;
}

// Some minutes of work if nobody stopped it.
async function interrupt(athena: Athena, trino: QueryEngine): Promise<void> {
  athena.front.reset();
  const sql = `SELECT count(*) AS n FROM UNNEST(sequence(1, 10000)) AS a (x), UNNEST(sequence(1, 10000)) AS b (y),
    UNNEST(sequence(1, 10000)) AS c (z) WHERE (x * y * z) % 7 = 3 -- orphan`;
  const controller = new AbortController();
  const answer = athena.engine().run({ name: "orphan", sql }, controller.signal);
  const seen = assert.rejects(answer, { code: "TERMINATED", exitCode: 143 });
  await until(async () => (await orphans(trino)) > 0);
  controller.abort(new TurnawayError("TERMINATED", { what: "interrupted", why: "SIGTERM" }));
  await seen;
  assert.equal(running(athena).length, 0);
  await until(async () => (await orphans(trino)) === 0);
}

async function orphans(trino: QueryEngine): Promise<number> {
  const { rows } = await trino.run({
    name: "orphans",
    sql: `SELECT count(*) AS n FROM system.runtime.queries
      WHERE state IN ('QUEUED', 'PLANNING', 'STARTING', 'RUNNING') AND query LIKE '%-- orphan' AND query NOT LIKE '%system.runtime%'`,
  });
  return Number(rows[0]!["n"]);
}

function running({ front }: Athena): readonly unknown[] {
  return front.executions.filter(({ state }) => state === "QUEUED" || state === "RUNNING");
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("waited 10 seconds in vain");
}
