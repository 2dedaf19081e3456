export { findPython, installOnce, needCommand, type InstallOptions } from "./install-once.ts";
export { pipInstall } from "./pip-install.ts";
export { lastLines, runCommand, succeeds, type CommandOptions } from "./run-command.ts";
