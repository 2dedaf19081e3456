/** The query is not one that the service takes: what `MalformedQueryException` says. */
export class MalformedQuery extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number = start + 1) {
    super(message);
    this.name = "MalformedQuery";
    this.start = start;
    this.end = end;
  }
}
