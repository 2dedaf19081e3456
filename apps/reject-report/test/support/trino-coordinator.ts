import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What is answered to a statement that a pattern finds. */
export interface TrinoAnswer {
  readonly asks: RegExp;
  /** Types of Trino by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly unknown[])[];
}

/** A coordinator on loopback that speaks Trino's protocol, and knows its statements by their text. */
export interface TrinoCoordinator {
  readonly url: string;
  /** Every statement, in the order of arrival, and as whom it was asked. */
  readonly asked: { readonly sql: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** The first answer whose pattern fits counts; what none fits has no rows. */
export async function startTrino(answers: readonly TrinoAnswer[]): Promise<TrinoCoordinator> {
  const asked: TrinoCoordinator["asked"] = [];
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , kind, id = "", step] = (request.url ?? "").split("/");
    if (request.method === "POST" && kind === "statement") {
      const { authorization } = request.headers;
      const number = asked.push({ sql: await text(request), authorization }) - 1;
      send(response, { id: `q${number}`, nextUri: `${origin()}/v1/queued/q${number}/0` });
    } else if (request.method === "GET" && (kind === "queued" || kind === "executing")) {
      const { sql } = asked[Number(id.slice(1))]!;
      send(response, pageOf(answerTo(sql, answers), { id, step: Number(step), origin: origin() }));
    } else response.writeHead(request.method === "DELETE" ? 204 : 404).end();
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: origin(),
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NOTHING: Omit<TrinoAnswer, "asks"> = { columns: { rows: "bigint" }, rows: [] };

function answerTo(sql: string, answers: readonly TrinoAnswer[]): Omit<TrinoAnswer, "asks"> {
  return answers.find(({ asks }) => asks.test(sql)) ?? NOTHING;
}

// As a coordinator does: it waits, then hands out some rows at a time, then says that it is done.
function pageOf(
  { columns, rows }: Omit<TrinoAnswer, "asks">,
  { id, step, origin }: { id: string; step: number; origin: string },
): object {
  const stats = { state: "RUNNING", physicalInputBytes: 1000, processedBytes: 1000 };
  const next = { id, nextUri: `${origin}/v1/executing/${id}/${step + 1}`, stats };
  if (step === 0) return next;
  const page = {
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    data: rows.slice(ROWS_A_PAGE * (step - 1), ROWS_A_PAGE * step),
  };
  const isLast = ROWS_A_PAGE * step >= rows.length;
  return isLast ? { id, ...page, stats: { ...stats, state: "FINISHED" } } : { ...next, ...page };
}

const ROWS_A_PAGE = 2;

function send(response: ServerResponse, answer: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
}
