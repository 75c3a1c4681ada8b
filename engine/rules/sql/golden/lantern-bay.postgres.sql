CREATE TABLE "person" (
  "id" BIGINT,
  "person.fishing-licence" BIGINT,
  "person.month-income" BIGINT,
  "person.birth-date" BIGINT,
  "person.sex" BIGINT,
  "person.registered-area" BIGINT,
  "person.resident-area" BIGINT,
  "person.fisher-grade" BIGINT,
  "person.applied-on" BIGINT,
  "receives.closed-season-grant" BIGINT,
  "receives.fuel-voucher" BIGINT,
  "receives.home-visit" BIGINT,
  "receives.ice-voucher" BIGINT,
  "receives.meal-boat" BIGINT,
  "living" BIGINT,
  "crew" BIGINT,
  "spouse" BIGINT,
  "children" BIGINT,
  "insurance" BIGINT
);

CREATE TABLE "living" (
  "id" BIGINT,
  "living.sea-metres" BIGINT,
  "living.area" BIGINT
);

CREATE TABLE "crew" (
  "id" BIGINT,
  "crew.boat-length" BIGINT
);

CREATE TABLE "insurance" (
  "id" BIGINT,
  "insurance.from" BIGINT,
  "insurance.until" BIGINT,
  "insurance.kind" BIGINT
);

CREATE TABLE "person.children" (
  "from_id" BIGINT,
  "to_id" BIGINT
);

CREATE TABLE "person.insurance" (
  "from_id" BIGINT,
  "to_id" BIGINT
);

CREATE TEMP VIEW t1_0 AS
SELECT
  CAST(t."id" AS BIGINT) AS id,
  CAST(t."person.registered-area" AS BIGINT) AS c1,
  (CAST(t."person.fishing-licence" AS BIGINT) = 1) AS c3,
  CAST(t."person.month-income" AS BIGINT) AS c4,
  CAST(t."spouse" AS BIGINT) AS c8,
  CAST(t."crew" AS BIGINT) AS c11,
  (CAST(t."receives.ice-voucher" AS BIGINT) = 1) AS c15,
  CAST(t."person.resident-area" AS BIGINT) AS c22,
  CAST(t."person.birth-date" AS BIGINT) AS c23,
  CAST(t."children" AS BIGINT) AS c25,
  (CAST(t."receives.meal-boat" AS BIGINT) = 1) AS c28,
  CAST(t."living" AS BIGINT) AS c32,
  (CAST(t."receives.fuel-voucher" AS BIGINT) = 1) AS c42,
  (CAST(t."receives.home-visit" AS BIGINT) = 1) AS c51,
  CAST(t."person.fisher-grade" AS BIGINT) AS c53,
  CAST(t."person.sex" AS BIGINT) AS c57,
  CAST(t."insurance" AS BIGINT) AS c66,
  CAST(t."person.applied-on" AS BIGINT) AS c68,
  (CAST(t."receives.closed-season-grant" AS BIGINT) = 1) AS c70
FROM "person" AS t;

CREATE TEMP VIEW t2_0 AS
SELECT
  CAST(t."id" AS BIGINT) AS id,
  CAST(t."living.area" AS BIGINT) AS c30,
  CAST(t."living.sea-metres" AS BIGINT) AS c39
FROM "living" AS t;

CREATE TEMP VIEW t3_0 AS
SELECT
  CAST(t."id" AS BIGINT) AS id,
  CAST(t."crew.boat-length" AS BIGINT) AS c10
FROM "crew" AS t;

CREATE TEMP VIEW t4_0 AS
SELECT
  CAST(t."id" AS BIGINT) AS id,
  CAST(t."insurance.kind" AS BIGINT) AS c63,
  CAST(t."insurance.from" AS BIGINT) AS c64,
  CAST(t."insurance.until" AS BIGINT) AS c65
FROM "insurance" AS t;

CREATE TEMP TABLE a1 AS
SELECT
  t.c11 AS id,
  CASE WHEN COUNT(CASE WHEN t.c3 IS NULL THEN 1 END) > 0 THEN NULL ELSE COUNT(CASE WHEN t.c3 THEN 1 END) END AS c16
FROM t1_0 AS t
GROUP BY t.c11;

CREATE TEMP TABLE a3 AS
SELECT
  t.c32 AS id,
  COUNT(*) AS c33,
  CASE WHEN COUNT(CASE WHEN t.c4 IS NULL THEN 1 END) > 0 THEN NULL ELSE COALESCE(CAST(SUM(t.c4) AS BIGINT), 0) END AS c35
FROM t1_0 AS t
GROUP BY t.c32;

CREATE TEMP TABLE t1_1 AS
SELECT
  t.id,
  t.c1,
  t.c3,
  t.c4,
  t.c8,
  t.c11,
  t.c15,
  t.c22,
  t.c25,
  t.c28,
  t.c32,
  t.c42,
  t.c51,
  t.c53,
  t.c66,
  t.c68,
  t.c70,
  CASE t.c1 WHEN 1 THEN 800::BIGINT WHEN 2 THEN 800::BIGINT WHEN 3 THEN 860::BIGINT WHEN 4 THEN 800::BIGINT WHEN 5 THEN 800::BIGINT WHEN 6 THEN 860::BIGINT END AS c2,
  CASE WHEN t.c3 THEN 1 WHEN NOT t.c3 THEN 0 END AS c7,
  CASE WHEN j2.id IS NULL THEN -9007199254740992 ELSE j2.c10 END AS c12,
  CASE WHEN 20310615::BIGINT < t.c23 THEN 0 ELSE ((20310615::BIGINT - t.c23) / 10000) END AS c24,
  CASE WHEN (t.c57 = 0) THEN 60::BIGINT WHEN NOT (t.c57 = 0) THEN 55::BIGINT WHEN 60::BIGINT = 55::BIGINT THEN 60::BIGINT END AS c58,
  (((20310615::BIGINT / 10000) * 12 + (20310615::BIGINT / 100) % 100 - 1) + (-120)::BIGINT) AS c59,
  24377::BIGINT AS c62
FROM t1_0 AS t
LEFT JOIN t3_0 AS j2 ON j2.id = t.c11;

CREATE TEMP TABLE t2_1 AS
SELECT
  t.id,
  t.c30,
  t.c39,
  CASE t.c30 WHEN 1 THEN 900::BIGINT WHEN 2 THEN 900::BIGINT WHEN 3 THEN 900::BIGINT WHEN 4 THEN 1000::BIGINT WHEN 5 THEN 900::BIGINT WHEN 6 THEN 900::BIGINT END AS c31,
  CASE WHEN j6.id IS NULL THEN 0 ELSE j6.c33 END AS c34,
  CASE WHEN j6.id IS NULL THEN 0 ELSE j6.c35 END AS c36
FROM t2_0 AS t
LEFT JOIN a3 AS j6 ON j6.id = t.id;

CREATE TEMP TABLE t3_1 AS
SELECT
  t.id,
  CASE WHEN j3.id IS NULL THEN 0 ELSE j3.c16 END AS c17
FROM t3_0 AS t
LEFT JOIN a1 AS j3 ON j3.id = t.id;

CREATE TEMP TABLE a2 AS
SELECT
  e.from_id AS id,
  CASE WHEN COUNT(CASE WHEN (t.c24 < 3) THEN 1 END) > 0 THEN TRUE WHEN COUNT(CASE WHEN (t.c24 < 3) IS NULL THEN 1 END) > 0 THEN NULL ELSE FALSE END AS c26
FROM "person.children" AS e
JOIN t1_1 AS t ON t.id = e.to_id
GROUP BY e.from_id;

CREATE TEMP TABLE a4 AS
SELECT
  t.c32 AS id,
  CASE WHEN COUNT(CASE WHEN NOT (t.c24 >= 70) THEN 1 END) > 0 THEN FALSE WHEN COUNT(CASE WHEN (t.c24 >= 70) IS NULL THEN 1 END) > 0 THEN NULL ELSE TRUE END AS c45
FROM t1_1 AS t
GROUP BY t.c32;

CREATE TEMP TABLE t1_2 AS
SELECT
  t.id,
  t.c1,
  t.c2,
  t.c3,
  t.c15,
  t.c22,
  t.c24,
  t.c28,
  t.c32,
  t.c42,
  t.c51,
  t.c53,
  t.c58,
  t.c62,
  t.c66,
  t.c68,
  t.c70,
  CASE
    WHEN NOT (t.c1 IN (1, 2, 3, 4, 5, 6)) THEN 1
    WHEN NOT t.c3 THEN 2
    WHEN NOT (t.c4 <= 100000) THEN 3
    WHEN (t.c1 IN (1, 2, 3, 4, 5, 6)) IS NULL THEN 128
    WHEN t.c3 IS NULL THEN 129
    WHEN (t.c4 <= 100000) IS NULL THEN 130
    WHEN (t.c2 * 100) IS NULL THEN 131
    ELSE 0
  END AS c5,
  CASE WHEN t.c8 IS NULL THEN NULL WHEN j1.id IS NULL THEN -9007199254740992 ELSE j1.c7 END AS c9,
  CASE WHEN (t.c12 <> -9007199254740992 AND t.c12 >= 80) THEN 100::BIGINT WHEN NOT (t.c12 <> -9007199254740992 AND t.c12 >= 80) THEN 0::BIGINT WHEN 100::BIGINT = 0::BIGINT THEN 100::BIGINT END AS c13,
  CASE WHEN (t.c12 <> -9007199254740992 AND t.c12 >= 120) THEN 50::BIGINT WHEN NOT (t.c12 <> -9007199254740992 AND t.c12 >= 120) THEN 0::BIGINT WHEN 50::BIGINT = 0::BIGINT THEN 50::BIGINT END AS c14,
  CASE WHEN j4.id IS NULL THEN -9007199254740992 ELSE j4.c17 END AS c18,
  CASE WHEN t.c25 IS NULL THEN NULL WHEN j5.id IS NULL THEN FALSE ELSE j5.c26 END AS c27,
  CASE WHEN ((t.c53 <> -9007199254740992 AND t.c53 = 1) AND (t.c24 < 70)) THEN 150::BIGINT WHEN NOT ((t.c53 <> -9007199254740992 AND t.c53 = 1) AND (t.c24 < 70)) THEN 100::BIGINT WHEN 150::BIGINT = 100::BIGINT THEN 150::BIGINT END AS c54,
  CASE WHEN t.c59 < 12 THEN 10101 WHEN t.c59 > 119999 THEN 99991231 ELSE (t.c59 / 12) * 10000 + (t.c59 % 12 + 1) * 100 + LEAST(20310615::BIGINT % 100, CASE WHEN (t.c59 % 12 + 1) IN (4, 6, 9, 11) THEN 30 WHEN (t.c59 % 12 + 1) <> 2 THEN 31 WHEN (t.c59 / 12) % 4 = 0 AND ((t.c59 / 12) % 100 <> 0 OR (t.c59 / 12) % 400 = 0) THEN 29 ELSE 28 END) END AS c60
FROM t1_1 AS t
LEFT JOIN t1_1 AS j1 ON j1.id = t.c8
LEFT JOIN t3_1 AS j4 ON j4.id = t.c11
LEFT JOIN a2 AS j5 ON j5.id = t.id;

CREATE TEMP TABLE t2_2 AS
SELECT
  t.id,
  t.c30,
  t.c31,
  t.c39,
  CASE WHEN (((t.c31 * t.c34) * 100) - t.c36) IS NULL THEN NULL ELSE GREATEST((((t.c31 * t.c34) * 100) - t.c36), 0::BIGINT) END AS c37,
  ((2 * t.c36 + NULLIF(GREATEST(t.c34, 1::BIGINT), 0)) / (2 * NULLIF(GREATEST(t.c34, 1::BIGINT), 0))) AS c38,
  CASE WHEN j7.id IS NULL THEN TRUE ELSE j7.c45 END AS c46
FROM t2_1 AS t
LEFT JOIN a4 AS j7 ON j7.id = t.id;

CREATE TEMP TABLE t1_3 AS
SELECT
  t.id,
  t.c1,
  t.c3,
  t.c5,
  t.c9,
  t.c13,
  t.c14,
  t.c22,
  t.c24,
  t.c32,
  t.c51,
  t.c53,
  t.c58,
  t.c62,
  t.c66,
  t.c68,
  t.c70,
  CASE WHEN t.c5 = 0 THEN (t.c2 * 100) END AS c6,
  (NOT ((((t.c13 + t.c14) * 100) >= 12000) AND (t.c15 OR (t.c3 AND (t.c18 <> -9007199254740992 AND t.c18 >= 2))))) AS c19,
  CASE
    WHEN NOT (t.c22 IN (1, 2, 3, 4, 5, 6)) THEN 1
    WHEN NOT t.c27 THEN 2
    WHEN NOT (NOT t.c28) THEN 3
    WHEN (t.c22 IN (1, 2, 3, 4, 5, 6)) IS NULL THEN 128
    WHEN t.c27 IS NULL THEN 129
    WHEN (NOT t.c28) IS NULL THEN 130
    ELSE 0
  END AS c29,
  CASE
    WHEN NOT t.c3 THEN 1
    WHEN NOT (t.c18 <> -9007199254740992 AND t.c18 >= 2) THEN 2
    WHEN NOT (NOT ((t.c42 OR (t.c3 AND (t.c9 = 1))) AND (12000 > ((t.c13 + t.c14) * 100)))) THEN 3
    WHEN t.c3 IS NULL THEN 128
    WHEN (t.c18 <> -9007199254740992 AND t.c18 >= 2) IS NULL THEN 129
    WHEN (NOT ((t.c42 OR (t.c3 AND (t.c9 = 1))) AND (12000 > ((t.c13 + t.c14) * 100)))) IS NULL THEN 130
    WHEN ((t.c13 + t.c14) * 100) IS NULL THEN 131
    ELSE 0
  END AS c43,
  CASE WHEN ((t.c24 >= 70) AND (t.c53 <> -9007199254740992 AND t.c53 = 1)) THEN 200::BIGINT WHEN NOT ((t.c24 >= 70) AND (t.c53 <> -9007199254740992 AND t.c53 = 1)) THEN t.c54 WHEN 200::BIGINT = t.c54 THEN 200::BIGINT END AS c55,
  ((t.c60 / 10000) * 12 + (t.c60 / 100) % 100 - 1) AS c61
FROM t1_2 AS t;

CREATE TEMP TABLE t2_3 AS
SELECT
  t.id,
  t.c37,
  CASE
    WHEN NOT (t.c30 IN (1, 2, 3, 4, 5, 6)) THEN 1
    WHEN NOT (t.c38 < (t.c31 * 100)) THEN 2
    WHEN NOT (t.c39 <= 500) THEN 3
    WHEN (t.c30 IN (1, 2, 3, 4, 5, 6)) IS NULL THEN 128
    WHEN (t.c38 < (t.c31 * 100)) IS NULL THEN 129
    WHEN (t.c39 <= 500) IS NULL THEN 130
    WHEN (((t.c37 + NULLIF((1::BIGINT * 100), 0) - 1) / NULLIF((1::BIGINT * 100), 0)) * 100) IS NULL THEN 131
    ELSE 0
  END AS c40,
  CASE WHEN t.c46 THEN 1 WHEN NOT t.c46 THEN 0 END AS c47
FROM t2_2 AS t;

CREATE TEMP TABLE s5 AS
SELECT
  s.id,
  s.opens,
  s.lost,
  CASE WHEN s.starts <= s.ends THEN s.starts END AS starts,
  CASE WHEN s.starts <= s.ends THEN s.ends END AS ends
FROM (
  SELECT
    e.from_id AS id,
    o.c61 AS opens,
    CASE WHEN (t.c63 = 0) IS NULL THEN 1 WHEN t.c64 = -9007199254740992 THEN 0 WHEN t.c64 IS NULL OR t.c65 IS NULL THEN 1 ELSE 0 END AS lost,
    CASE WHEN t.c64 <> -9007199254740992 AND (t.c65 = -9007199254740992 OR t.c65 >= t.c64) THEN GREATEST(((t.c64 / 10000) * 12 + (t.c64 / 100) % 100 - 1), o.c61) END AS starts,
    CASE WHEN t.c64 <> -9007199254740992 AND (t.c65 = -9007199254740992 OR t.c65 >= t.c64) THEN CASE WHEN t.c65 = -9007199254740992 THEN o.c62 ELSE LEAST(((t.c65 / 10000) * 12 + (t.c65 / 100) % 100 - 1), o.c62) END END AS ends
  FROM "person.insurance" AS e
  JOIN t4_0 AS t ON t.id = e.to_id
  JOIN t1_3 AS o ON o.id = e.from_id
  WHERE (t.c63 = 0) OR (t.c63 = 0) IS NULL
) AS s;

CREATE TEMP TABLE a6 AS
SELECT
  s.id,
  MAX(s.lost) AS lost,
  CAST(SUM(GREATEST(s.ends - GREATEST(s.starts - 1, COALESCE(s.reach, s.starts - 1)), 0)) AS BIGINT) AS covered,
  MAX(s.starts - 1 - COALESCE(s.reach, s.opens - 1)) AS gap,
  MAX(s.ends) AS reached
FROM (
  SELECT
    s.*,
    MAX(s.ends) OVER (PARTITION BY s.id ORDER BY s.starts, s.ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM s5 AS s
  WHERE s.starts IS NOT NULL OR s.lost = 1
) AS s
GROUP BY s.id;

CREATE TEMP TABLE t1_4 AS
SELECT
  t.id,
  t.c1,
  t.c5,
  t.c6,
  t.c22,
  t.c24,
  t.c29,
  t.c32,
  t.c43,
  t.c51,
  t.c58,
  t.c68,
  t.c70,
  CASE
    WHEN NOT (t.c3 AND (t.c9 = 1)) THEN 1
    WHEN NOT t.c19 THEN 2
    WHEN (t.c3 AND (t.c9 = 1)) IS NULL THEN 128
    WHEN t.c19 IS NULL THEN 129
    ELSE 0
  END AS c20,
  CASE WHEN t.c43 = 0 THEN ((t.c13 + t.c14) * 100) END AS c44,
  CASE WHEN j8.id IS NULL THEN -9007199254740992 ELSE j8.c47 END AS c48,
  CASE WHEN (t.c53 <> -9007199254740992 AND t.c53 = 0) THEN 300::BIGINT WHEN NOT (t.c53 <> -9007199254740992 AND t.c53 = 0) THEN t.c55 WHEN 300::BIGINT = t.c55 THEN 300::BIGINT END AS c56,
  CASE WHEN t.c66 IS NULL OR j10.lost = 1 THEN NULL WHEN t.c62 < t.c61 THEN 0 ELSE COALESCE(j10.covered, 0) END AS c67
FROM t1_3 AS t
LEFT JOIN t2_3 AS j8 ON j8.id = t.c32
LEFT JOIN a6 AS j10 ON j10.id = t.id;

CREATE TEMP TABLE t2_4 AS
SELECT
  t.id,
  t.c40,
  CASE WHEN t.c40 = 0 THEN (((t.c37 + NULLIF((1::BIGINT * 100), 0) - 1) / NULLIF((1::BIGINT * 100), 0)) * 100) END AS c41,
  CASE WHEN CASE WHEN t.c40 = 0 THEN TRUE WHEN t.c40 < 128 THEN FALSE END THEN 1 WHEN NOT CASE WHEN t.c40 = 0 THEN TRUE WHEN t.c40 < 128 THEN FALSE END THEN 0 END AS c49
FROM t2_3 AS t;

CREATE TEMP TABLE t1_5 AS
SELECT
  t.id,
  t.c1,
  t.c5,
  t.c6,
  t.c20,
  t.c22,
  t.c24,
  t.c29,
  t.c43,
  t.c44,
  t.c48,
  t.c51,
  t.c56,
  t.c58,
  t.c70,
  CASE WHEN t.c20 = 0 THEN 12000::BIGINT END AS c21,
  CASE WHEN j9.id IS NULL THEN -9007199254740992 ELSE j9.c49 END AS c50,
  ((t.c67 <> -9007199254740992 AND t.c67 >= 60) OR ((t.c68 <> -9007199254740992) AND (t.c68 <> -9007199254740992 AND t.c68 < 20310701) AND (t.c67 <> -9007199254740992 AND t.c67 >= 36))) AS c69
FROM t1_4 AS t
LEFT JOIN t2_4 AS j9 ON j9.id = t.c32;

CREATE TEMP TABLE t1_6 AS
SELECT
  t.id,
  t.c5,
  t.c6,
  t.c20,
  t.c21,
  t.c29,
  t.c43,
  t.c44,
  t.c56,
  CASE
    WHEN NOT (t.c22 IN (1, 2, 3, 4, 5, 6)) THEN 1
    WHEN NOT ((t.c48 = 1)) THEN 2
    WHEN NOT (NOT (t.c50 = 1)) THEN 3
    WHEN NOT (NOT t.c51) THEN 4
    WHEN (t.c22 IN (1, 2, 3, 4, 5, 6)) IS NULL THEN 128
    WHEN ((t.c48 = 1)) IS NULL THEN 129
    WHEN (NOT (t.c50 = 1)) IS NULL THEN 130
    WHEN (NOT t.c51) IS NULL THEN 131
    ELSE 0
  END AS c52,
  CASE
    WHEN NOT (t.c1 IN (1, 2, 3, 4, 5, 6)) THEN 1
    WHEN NOT (t.c24 >= t.c58) THEN 2
    WHEN NOT t.c69 THEN 3
    WHEN NOT (NOT (t.c70 OR CASE WHEN t.c5 = 0 THEN TRUE WHEN t.c5 < 128 THEN FALSE END)) THEN 4
    WHEN (t.c1 IN (1, 2, 3, 4, 5, 6)) IS NULL THEN 128
    WHEN (t.c24 >= t.c58) IS NULL THEN 129
    WHEN t.c69 IS NULL THEN 130
    WHEN (NOT (t.c70 OR CASE WHEN t.c5 = 0 THEN TRUE WHEN t.c5 < 128 THEN FALSE END)) IS NULL THEN 131
    WHEN (t.c56 * 100) IS NULL THEN 132
    ELSE 0
  END AS c71
FROM t1_5 AS t;

CREATE TEMP TABLE t1_7 AS
SELECT
  t.id,
  t.c5,
  t.c6,
  t.c20,
  t.c21,
  t.c29,
  t.c43,
  t.c44,
  t.c52,
  t.c71,
  CASE WHEN t.c71 = 0 THEN (t.c56 * 100) END AS c72
FROM t1_6 AS t;

CREATE TEMP VIEW r1 AS
SELECT
  t.id,
  t.c5 AS "closed-season-grant.reason",
  t.c6 AS "closed-season-grant.fen",
  t.c20 AS "fuel-voucher.reason",
  t.c21 AS "fuel-voucher.fen",
  t.c29 AS "home-visit.reason",
  t.c43 AS "ice-voucher.reason",
  t.c44 AS "ice-voucher.fen",
  t.c52 AS "meal-boat.reason",
  t.c71 AS "old-fisher-grant.reason",
  t.c72 AS "old-fisher-grant.fen"
FROM t1_7 AS t;

CREATE TEMP VIEW r2 AS
SELECT
  t.id,
  t.c40 AS "household-relief.reason",
  t.c41 AS "household-relief.fen"
FROM t2_4 AS t;

SELECT * FROM r1 ORDER BY id;

SELECT * FROM r2 ORDER BY id;

DROP VIEW IF EXISTS r2;

DROP VIEW IF EXISTS r1;

DROP TABLE IF EXISTS t1_7;

DROP TABLE IF EXISTS t1_6;

DROP TABLE IF EXISTS t1_5;

DROP TABLE IF EXISTS t2_4;

DROP TABLE IF EXISTS t1_4;

DROP TABLE IF EXISTS a6;

DROP TABLE IF EXISTS s5;

DROP TABLE IF EXISTS t2_3;

DROP TABLE IF EXISTS t1_3;

DROP TABLE IF EXISTS t2_2;

DROP TABLE IF EXISTS t1_2;

DROP TABLE IF EXISTS a4;

DROP TABLE IF EXISTS a2;

DROP TABLE IF EXISTS t3_1;

DROP TABLE IF EXISTS t2_1;

DROP TABLE IF EXISTS t1_1;

DROP TABLE IF EXISTS a3;

DROP TABLE IF EXISTS a1;

DROP VIEW IF EXISTS t4_0;

DROP VIEW IF EXISTS t3_0;

DROP VIEW IF EXISTS t2_0;

DROP VIEW IF EXISTS t1_0;
