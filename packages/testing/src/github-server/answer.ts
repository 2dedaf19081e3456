/** What is sent when nothing goes wrong. */
export interface GithubAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown, status = 200): GithubAnswer {
  return { status, body };
}

/** An error as GitHub writes it: a message, and for 422 which field is wrong. */
export function refused(
  status: number,
  message: string,
  errors?: readonly Readonly<Record<string, string>>[],
): GithubAnswer {
  return {
    status,
    body: {
      message,
      ...(errors && { errors }),
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    },
  };
}

/** `Validation Failed`, with the field and the reason in GitHub's words. */
export function invalid(
  resource: string,
  field: string,
  code: string,
  message?: string,
): GithubAnswer {
  return refused(422, "Validation Failed", [
    { resource, field, code, ...(message !== undefined && { message }) },
  ]);
}
