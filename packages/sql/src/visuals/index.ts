export type { Comparison, Expression, Granularity, Operator } from "./expression.ts";
export { expressionColumns, expressionParts, isAggregated } from "./expression-sql.ts";
export { expressionFunction, type ExpressionFunction } from "./functions.ts";
export {
  type ItemOrder,
  OTHERS,
  type QueryColumn,
  type QueryFilter,
  type RowOrder,
  type SortDirection,
  type VisualQuery,
} from "./visual-query.ts";
export { visualSql } from "./visual-sql.ts";
