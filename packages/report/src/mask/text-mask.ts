import { LOCAL_RANGES, parseCidr } from "@turnaway/core";
import { blanks, pseudonyms, type Placeholders } from "./placeholders.ts";
import { remember } from "./remember.ts";
import { replaceAddresses } from "./replace-addresses.ts";

/** `accounts`: 12 digits; `private-ips`: addresses that are inside; `ids`: `eni-…`, `vpc-…`, `i-…` and the like. */
export type MaskKind = "accounts" | "private-ips" | "ids";

export interface MaskOptions {
  /** Nothing is masked that is not named: an empty list leaves everything as it is. */
  readonly what: readonly MaskKind[];
  /**
   * Secret; makes pseudonyms that stay the same from day to day. Null writes `masked-ip` and the
   * like, so that hosts can't be told apart.
   */
  readonly key: string | null;
  /** CIDRs that are inside. Default {@link LOCAL_RANGES}; configured networks belong here, too. */
  readonly localRanges?: readonly string[];
  /** Accounts to find even where letters or digits touch them. */
  readonly accounts?: readonly string[];
}

/**
 * A function that masks any text that is posted. Masking what is masked changes nothing.
 *
 * It remembers what it saw, so take one for a whole report.
 */
export function textMask(options: MaskOptions): (text: string) => string {
  const write = options.key === null ? blanks() : pseudonyms(options.key);
  const { what } = options;
  const steps = [
    ...(what.includes("ids") ? [idStep(write)] : []),
    ...(what.includes("private-ips") ? addressSteps(write, options) : []),
    ...(what.includes("accounts") ? accountSteps(write, options) : []),
  ];
  const maskPart = (text: string): string =>
    steps.reduce((done, { mayHold, apply }) => (mayHold.test(done) ? apply(done) : done), text);
  return remember((text) =>
    /[%$]/.test(text)
      ? text
          .split(ESCAPE)
          .map((part, index) => (index % 2 === 0 ? maskPart(part) : part))
          .join("")
      : maskPart(text),
  );
}

// The escapes of URLs and of consoles: their digits belong to nothing behind them.
const ESCAPE = /([%$](?:25)?[0-9a-f]{2})/i;

interface Step {
  /** Quick to ask, and true of few texts. */
  readonly mayHold: RegExp;
  readonly apply: (text: string) => string;
}

// The resources that flow logs, their files and their tags name. Old ids have 8 digits, new ones 17.
const ID =
  /(eni|vpc|subnet|sg|sgr|acl|nat|igw|eigw|vgw|tgw|tgw-attach|tgw-rtb|vpce|fl|rtb|eipalloc|eipassoc|pcx|(?<![a-z0-9])i)-([0-9a-f]{8,17})/gi;

function idStep(write: Placeholders): Step {
  return {
    mayHold: /-[0-9a-f]{8}/i,
    apply: (text) =>
      text.replace(ID, (_, kind: string, digits: string) =>
        write(kind.toLowerCase(), digits.toLowerCase()),
      ),
  };
}

function addressSteps(write: Placeholders, { localRanges = LOCAL_RANGES }: MaskOptions): Step[] {
  const ranges = localRanges.flatMap((range) => parseCidr(range) ?? []);
  const mask = remember((canonical) =>
    ranges.some((range) => range.contains(canonical)) ? write("ip", canonical) : undefined,
  );
  return [
    {
      // What EC2 names hosts after: ip-10-0-3-7.ec2.internal.
      mayHold: /ip-\d/i,
      apply: (text) =>
        text.replace(
          HOST_NAME,
          (name, ...parts: string[]) => mask(parts.slice(0, 4).map(Number).join(".")) ?? name,
        ),
    },
    {
      mayHold: /\d\.\d|:[0-9a-f]*:/i,
      apply: (text) => replaceAddresses(text, (_, canonical) => mask(canonical)),
    },
  ];
}

const HOST_NAME = /ip-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})/gi;

function accountSteps(write: Placeholders, { accounts = [] }: MaskOptions): Step[] {
  const mask = (text: string): string => write("account", text.replaceAll("-", ""));
  const mayHold = /\d{4}-?\d{4}-?\d{4}/;
  return [
    {
      mayHold,
      apply: (text) => accounts.reduce((done, account) => done.replaceAll(account, mask), text),
    },
    {
      mayHold,
      apply: (text) =>
        text.replace(ACCOUNT, (found, account?: string) => (account ? mask(account) : found)),
    },
  ];
}

// Also as the console writes it, but not within a UUID: every query of Athena has one.
const ACCOUNT =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<!\d)(\d{12}|\d{4}-\d{4}-\d{4})(?!\d)/gi;
