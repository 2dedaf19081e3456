import type { GithubAnswer } from "./answer.ts";
import type { GithubRequest } from "./request.ts";

/** One page of a listing, with the `Link` header that names the others. */
export function page(
  items: readonly unknown[],
  { query, path }: Pick<GithubRequest, "query" | "path">,
  api: string,
): GithubAnswer {
  const size = Math.min(100, Math.max(1, Number(query.get("per_page") ?? 30) || 30));
  const current = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (number: number, rel: string): string => {
    const to = new URLSearchParams(query);
    to.set("page", String(number));
    return `<${api}${path}?${to.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, "prev"), link(1, "first")] : []),
    ...(current < last ? [link(current + 1, "next"), link(last, "last")] : []),
  ];
  return {
    status: 200,
    body: items.slice((current - 1) * size, current * size),
    ...(links.length > 0 && { headers: { link: links.join(", ") } }),
  };
}
