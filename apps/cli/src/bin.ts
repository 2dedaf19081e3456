#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Each reading thread would compile the same modules again: it halves their start.
enableCompileCache();
const { main } = await import("./main.ts");

process.exitCode = await main(process.argv.slice(2));
