import { connect } from "../support/life-cycle.ts";
import { SCENARIOS } from "./scenarios.ts";

/** Runs one command as a process of its own: `node run-in-child.ts URL SCENARIO`. */
const [url, name] = process.argv.slice(2);
const scenario = SCENARIOS.find((each) => each.name === name)!;
await scenario.command(await connect({ url: url! }, undefined, 20_000));
