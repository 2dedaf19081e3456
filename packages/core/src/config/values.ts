import { z } from "zod";

import { parseCidr } from "../addresses.ts";
import { isTimezone } from "../window.ts";

/**
 * The kinds of value that the configuration files share.
 *
 * The message of each says what is allowed, as the end of "expected …".
 */

const twelveDigits = { error: "an account id: 12 digits, in quotes" };

/** Twelve digits, kept as text: a leading zero is part of the id. */
export const accountId = z
  .union(
    [
      z.string().regex(/^\d{12}$/, twelveDigits),
      z.int().min(100_000_000_000, twelveDigits).max(999_999_999_999, twelveDigits),
    ],
    twelveDigits,
  )
  .transform(String);

export const region = text(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, "a region such as eu-central-1");

export const vpcId = text(/^vpc-[0-9a-f]{8,17}$/, "a VPC id such as vpc-0a1b2c3d4e5f67890");

export const addressOrCidr = z
  .string({ error: "an address or a CIDR such as 10.0.8.0/22" })
  .refine((value) => parseCidr(value) !== undefined, {
    error: "an address or a CIDR such as 10.0.8.0/22",
  });

export const timezone = z
  .string({ error: "a time zone such as Europe/Berlin" })
  .refine(isTimezone, { error: "a time zone such as Europe/Berlin" });

export const day = z.iso.date({ error: "a day as YYYY-MM-DD" });

export const port = wholeNumber(0, 65_535);

/** Text that is not empty, of at most `max` characters. */
export function line(max: number): z.ZodString {
  const error = `text of 1 to ${max} characters on one line`;
  return z
    .string({ error })
    .min(1, { error })
    .max(max, { error })
    .regex(/^[^\r\n]*$/, { error });
}

/** Text of one pattern. */
export function text(pattern: RegExp, expected: string): z.ZodString {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

/** An integer within a range, both ends included. */
export function wholeNumber(min: number, max: number): z.ZodInt {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}
