import { main } from "./main.ts";

process.exitCode = await main(process.env);
// Whatever was under way when the run was interrupted is not waited for.
if (process.exitCode >= 130) process.exit();
