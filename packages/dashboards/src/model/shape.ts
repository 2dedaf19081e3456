import { SHAPES } from "./definition-model.gen.ts";

/** One shape of QuickSight's own model: what a part of a definition may hold. */
export type Shape = StructureShape | ListShape | StringShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  /** Member to the name of its shape. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Exactly one member is given. */
  readonly union?: true;
}

export interface ListShape {
  readonly type: "list";
  /** Name of the shape of its items. */
  readonly of: string;
  readonly min?: number;
  readonly max?: number;
}

export interface StringShape {
  readonly type: "string";
  readonly enum?: readonly string[];
  /** Matches the whole text. */
  readonly pattern?: string;
  /** Lengths in characters. */
  readonly min?: number;
  readonly max?: number;
}

export interface NumberShape {
  readonly type: "integer" | "long" | "double";
  readonly min?: number;
  readonly max?: number;
}

export interface PlainShape {
  readonly type: "boolean" | "timestamp";
}

/** The shape that a whole definition has. */
export const DEFINITION = "DashboardVersionDefinition";

/** The shape of that name. The model is complete: a name that it lacks is a bug. */
export function shapeOf(name: string): Shape {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}

/** The structure of that name. */
export function structureOf(name: string): StructureShape {
  const shape = shapeOf(name);
  if (shape.type !== "structure") throw new Error(`${name} is no structure`);
  return shape;
}
