-- ---
-- what: Who sent a tuple and whom it was for.
-- input: kept_tuples as t
-- gives: columns
-- ---
coalesce(t.other_src, t.srcaddr) AS src,
coalesce(t.other_dst, t.dstaddr) AS dst
