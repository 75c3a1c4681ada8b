import { CARE, DISABLED, STANDARDS, TEN, WAGES } from './rules-mix.ts';
import { LAW_ON } from './world.ts';

/** The ten rules as a good analyst would write them for DuckDB: no unknown (0 in its place), one pass of windows. */
export function tenSql(parquet: string): string {
  const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
  const halfUp = (top: string, bottom: string): string => `((2 * (${top}) + ${bottom}) // (2 * ${bottom}))`;
  return `
WITH base AS (
  SELECT household, county, urban, (${LAW_ON} - birth) // 10000 AS age, coalesce(income, 0)::BIGINT AS income, "disability-kind" AS kind, coalesce("disability-level", CASE WHEN "disability-kind" IS NULL THEN -1 ELSE 0 END) AS level,
    education, enrolled, coalesce("medical-cost", 0)::BIGINT AS cost, insured, unemployed, coalesce("unemployed-months", 0) AS since, "paid-months" AS paid, veteran, "service-years" AS service, registered,
    coalesce(assets, 0) AS assets, "receives-minimum" AS minimum
  FROM read_parquet('${parquet}')
), homes AS (
  SELECT household, sum(income)::BIGINT AS total, count(*) AS heads, count_if(age < 18) AS minors FROM base GROUP BY household
), joined AS (
  SELECT base.*, ${halfUp('total', 'heads')} AS per_head, minors, CASE WHEN urban THEN ${list(STANDARDS.urban)}[county + 1] ELSE ${list(STANDARDS.rural)}[county + 1] END::BIGINT AS standard
  FROM base JOIN homes USING (household)
), tested AS (
  SELECT *, per_head * 10 <= standard * 15 AS edge, per_head * 10 <= standard * 20 AS poor, level IN (0, 1) AS severe FROM joined
)
SELECT
  CASE WHEN registered AND per_head < standard AND assets <= 6000000 THEN greatest(0, standard - per_head) END AS "${TEN[0]}",
  CASE WHEN registered AND edge AND NOT minimum THEN 0 END AS "${TEN[1]}",
  CASE WHEN registered AND age >= 80 THEN CASE WHEN age >= 100 THEN 100000 WHEN age >= 90 THEN 30000 ELSE 10000 END END AS "${TEN[2]}",
  CASE WHEN registered AND kind IS NOT NULL AND (severe OR (level = 2 AND kind IN (4, 5))) AND poor THEN ${list(DISABLED)}[level + 1] END AS "${TEN[3]}",
  CASE WHEN registered AND severe THEN ${list(CARE)}[county + 1] END AS "${TEN[4]}",
  CASE WHEN age < 16 AND poor AND minors >= 1 THEN ${halfUp('standard * 6', '10')} END AS "${TEN[5]}",
  CASE WHEN enrolled AND education IN (2, 3) AND NOT urban THEN 11000 END AS "${TEN[6]}",
  CASE WHEN insured AND cost > 500000 AND edge THEN ${halfUp('(cost - 500000) * 7', '10')} END AS "${TEN[7]}",
  CASE WHEN unemployed AND paid >= 12 AND since <= 24 AND age < 60 THEN ${halfUp(`${list(WAGES)}[county + 1] * 8`, '10')} END AS "${TEN[8]}",
  CASE WHEN veteran IN (1, 3) THEN service * 4500 END AS "${TEN[9]}"
FROM tested`;
}

/** People and fen of each of the ten. */
export function totalsSql(parquet: string): string {
  return `SELECT ${TEN.map((service) => `count("${service}") AS "${service} people", sum("${service}")::BIGINT AS "${service} fen"`).join(', ')} FROM (${tenSql(parquet)})`;
}
