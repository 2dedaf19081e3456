import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  S3Client,
} from "@aws-sdk/client-s3";
import { orInterrupted } from "@turnaway/core";

import type { S3Sender } from "./s3-client.ts";
import { interruption, isExpired } from "./s3-errors.ts";

/** A client, and the signal that stops whatever is asked of it. */
export interface S3Session {
  readonly client: S3Sender;
  readonly signal?: AbortSignal | undefined;
}

/** ListObjectsV2; throws what the SDK throws, or the interruption as soon as it comes. */
export async function listPage(
  session: S3Session,
  input: ListObjectsV2CommandInput,
): Promise<ListObjectsV2CommandOutput> {
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  return sendFresh(session, (options) =>
    session.client.send(new ListObjectsV2Command(input), options),
  );
}

/** GetObject, with the checksum that S3 keeps: the SDK holds the body against it at its end. */
export async function getObject(
  session: S3Session,
  input: GetObjectCommandInput,
): Promise<GetObjectCommandOutput> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const command = new GetObjectCommand({ ...input, ChecksumMode: "ENABLED" });
  return sendFresh(session, (options) => session.client.send(command, options));
}

type SendOptions = { abortSignal?: AbortSignal };

// The SDK does not retry an expired token, though its provider may hold a newer one by now
// (another process signed in, the role can be assumed again): ask the provider once more.
async function sendFresh<Output>(
  { client, signal }: S3Session,
  send: (options: SendOptions) => Promise<Output>,
): Promise<Output> {
  const options = signal === undefined ? {} : { abortSignal: signal };
  try {
    // Between two tries the SDK sleeps up to 20 seconds and does not look at the signal.
    return await orInterrupted(send(options), signal, interruption);
  } catch (error) {
    const { config } = client as Partial<Pick<S3Client, "config">>;
    if (config === undefined || !isExpired(error)) throw error;
    await config.credentials({ forceRefresh: true });
    return orInterrupted(send(options), signal, interruption);
  }
}
