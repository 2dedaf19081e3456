import { unwritable } from "@turnaway/runs";

/** Writes to standard output and waits until it is taken. @throws EPIPE as it comes, TurnawayError OUTPUT. */
export function print(content: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(content, (error) => {
      if (!error) resolve();
      else
        reject(
          (error as NodeJS.ErrnoException).code === "EPIPE"
            ? error
            : unwritable("standard output", error),
        );
    });
  });
}
