/** The build of Bottleneck that the plugins of Octokit use; the package types only the whole. */
declare module "bottleneck/light.js" {
  export { default } from "bottleneck";
}
