export { installMoto, type MotoTools } from "./install-moto.ts";
export { type Moto, startMotoServer } from "./start-moto-server.ts";
