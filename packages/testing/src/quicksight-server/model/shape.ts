import { SHAPES } from "./service-model.gen.ts";

/** What an operation takes and answers, by the names of shapes. */
export interface Operation {
  readonly input: string;
  readonly output: string;
  /** Errors of its own; every operation may be throttled or denied besides. */
  readonly errors: readonly string[];
}

/** One shape of the service's model, as its values are on the wire. */
export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  /** Member to the name of its shape. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Exactly one member is given. */
  readonly union?: true;
}

export interface ListShape extends Range {
  readonly type: "list";
  /** Name of the shape of its items. */
  readonly of: string;
}

export interface MapShape extends Range {
  readonly type: "map";
  readonly key: string;
  /** Name of the shape of its values. */
  readonly of: string;
}

export interface StringShape extends Range {
  readonly type: "string";
  readonly enum?: readonly string[];
  /** Matches the whole text. */
  readonly pattern?: string;
}

export interface NumberShape extends Range {
  readonly type: "integer" | "long" | "double" | "float";
}

export interface PlainShape {
  readonly type: "boolean" | "timestamp" | "blob";
}

/** Of a number its value, else its length. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** The shape of that name. The model is complete: a name that it lacks is a bug. */
export function shapeOf(name: string): Shape {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}
