import type { Finding, Pack } from '../pack.ts';
import * as built from './built.ts';
import * as counts from './counts.ts';
import * as layout from './layout.ts';
import * as numbering from './numbering.ts';
import * as phrases from './phrases.ts';
import * as population from './population.ts';
import * as promises from './promises.ts';
import { readForLint } from './reading.ts';
import type { LintRule } from './reading.ts';
import * as series from './series.ts';
import * as services from './services.ts';
import * as statements from './statements.ts';
import * as tables from './tables.ts';
import * as time from './time.ts';
import * as topics from './topics.ts';
import * as units from './units.ts';
import * as words from './words.ts';

const RULES: readonly LintRule[] = [
  tables.targetRepeatedAsActual, tables.tablesDiffer, tables.indicatorRedefined, tables.weakerThanLastPlan, tables.stretchWithoutHistory, tables.missedTarget, tables.targetBelowBase, tables.noIncrement, tables.noValuePrinted, tables.sameNumber, tables.suspiciousJump, tables.yearAgainstTotal, tables.shareOverHundred, tables.attributeDropped, tables.rowNumbers, tables.tinyStep, tables.farOvershot, tables.titleScope,
  statements.textDiffersFromTable, statements.targetDiffers, statements.targetByReference, statements.targetUnit, statements.referenceInCell, statements.alreadyReached, statements.textTargetsDiffer, statements.oldBaseline, statements.claimContradicted, statements.claimUnverifiable, statements.zeroAlready, statements.directionDiffers,
  population.implausibleMagnitude, population.impliedPopulation, population.householdSize, population.shareAndCount, population.implausibleInText, population.beyondNature,
  units.missingUnit, units.twoMeasures, units.twoSubjects, units.countInPercent, units.undefinedRate, units.undefinedDenominator, units.perAreaCount, units.districtsLeftOut, units.mixedPersons, units.measureWord, units.annualFlow, units.mixedCount, units.misplacedTarget, units.residentRegistered, units.areaSpellings, units.ageBounds, units.totalSinceWhen, units.hoursPerWhat, units.perBaseMixed, units.ageNotSaid, units.scopeNotSaid, units.coverageOfWhat,
  series.indicatorRenamed, series.indicatorDropped, series.termVariant, series.categoryName, series.boxName,
  layout.placeholder, layout.lostCharacters, layout.lostComparators, layout.lostCumulative, layout.noteWithoutUse, layout.comparatorBase, layout.brackets, layout.unbalanced, layout.cutSentence, layout.unfinishedClause, layout.verbInName, layout.splitHeader, layout.typography, layout.latinInYear, layout.angleSign,
  numbering.missingItemNumber, numbering.repeatedItemNumber, numbering.unnumberedItems, numbering.boxHeadings, numbering.footnotes, numbering.sectionNumbers, numbering.repeatedIndicator,
  services.mandatoryPart, services.standardElsewhere, services.openCondition, services.noCycle, services.cycleWithoutCount, services.audienceMissing, services.missingPreposition, services.serviceWithoutIndicator, services.domainWithoutTarget, services.indicatorWithoutService, services.circularService, services.titleOnly, services.vagueAmount, services.conditionCut, services.servicesOverlap, services.taskAsService,
  promises.targetWithoutYear, promises.benchmarkWithoutValue, promises.approximateTarget, promises.hedgedTarget, promises.dynamicZero, promises.vagueGoal, promises.unfundedProjects, promises.absolutePromise, promises.firmnessDiffers,
  words.doubledWord, words.doubledCharacter, words.personSpan, words.publicParticipation, words.misspelt, words.providesStandard, words.verbTwice, words.shareWithoutVerb, words.cutWord, words.droppedCharacter, words.soundAlike, words.copiedSentence, words.nearlyCopied, words.looseTerm, words.brokenPair, words.brokenFormula, words.missingOf, words.ambiguousScope, words.givenRegime, words.unnamedDocument, words.illegalAsService, words.variantInSentence,
  time.staleForecast, time.latePlan, time.mixedDeadlines, time.impossibleYear,
  built.plannedAndExisting, built.nameMismatch, built.doneAndToDo, built.mergedYetSeparate, built.unnamedInstitution,
  topics.misplacedContent, topics.itemOffTopic, topics.subjectElsewhere, topics.targetOffTopic,
  phrases.statementsDiffer, phrases.unlinkedDiffers,
  counts.countDiffers, counts.shorthandUndefined, counts.circlesDiffer, counts.partsAndWhole, counts.circleWithoutMode,
];

/**
 * What is wrong with the plan itself, as printed: contradictions, values that cannot be, gaps, slips of the pen.
 *
 * Findings are shown, never repaired. Ordered by where they stand in the source, then by code, so that the same
 * pack always gives the same list.
 */
export function lintPlan(pack: Pack): readonly Finding[] {
  const reading = readForLint(pack);
  return RULES.flatMap((rule) => rule(reading)).map((finding) => ({ ...finding, subjects: [...new Set(finding.subjects)] })).sort((a, b) => (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
