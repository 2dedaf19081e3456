/** How the report becomes an issue: `github` of the configuration, and the report's name. */
export interface IssueSettings {
  readonly name: string;
  readonly issueMode: "rolling" | "daily" | "none";
  /** `{name}` and `{day}` are filled in. */
  readonly title: string;
  /** The first one is what the issue is found by. */
  readonly labels: readonly string[];
  /** Logins by owner; `unowned` for findings without one. */
  readonly assignees: Readonly<Record<string, readonly string[]>>;
  /** Whether those logins are assigned to the issue, or mentioned beside their new findings. */
  readonly notify: "assign" | "mention";
  readonly onClear: "close" | "keep";
  readonly clearDays: number;
  readonly onReturn: "reopen" | "new";
  /** Writes addresses as `203.0.113[.]7`. */
  readonly defang?: boolean;
}

/** GitHub takes no more on one issue. */
const MOST_ASSIGNEES = 10;

export function issueTitle({ title, name, issueMode }: IssueSettings, day: string): string {
  const dated = issueMode === "daily" && !title.includes("{day}") ? `${title} · {day}` : title;
  const text = dated.replaceAll("{name}", name).replaceAll("{day}", day);
  return text.length <= 256 ? text : `${text.slice(0, 255).toWellFormed()}…`;
}

/** Logins of the owners of findings, each once. */
export function assigneesOf(
  settings: IssueSettings,
  findings: readonly { readonly owner: string | null }[],
): readonly string[] {
  if (settings.notify !== "assign") return [];
  const logins = findings.flatMap(({ owner }) => loginsOf(settings, owner));
  return [...new Set(logins)].slice(0, MOST_ASSIGNEES);
}

export function loginsOf({ assignees }: IssueSettings, owner: string | null): readonly string[] {
  const key = owner ?? "unowned";
  return Object.hasOwn(assignees, key) ? (assignees[key] ?? []) : [];
}
