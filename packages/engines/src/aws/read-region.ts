import { TurnawayError } from "@turnaway/core";

/**
 * The region that a client asks.
 *
 * @throws TurnawayError CONFIG when neither environment nor profile names one.
 */
export async function readRegion(
  { config }: { readonly config: { region(): Promise<string> } },
  { engine, of }: { readonly engine: string; readonly of: string },
): Promise<string> {
  try {
    return await config.region();
  } catch (error) {
    throw new TurnawayError(
      "CONFIG",
      {
        what: "no AWS region",
        where: engine,
        why: "neither AWS_REGION nor the profile names one",
        fix: `set AWS_REGION to the region of ${of}`,
      },
      { cause: error },
    );
  }
}
