/** A scenario's text in; every issue it has, or the scenario with the places of its parts, out. */
import { createPlaces, type Places } from '../compiler/places.ts';
import { type Issue, type Report, sortIssues, wordsOf } from '../compiler/issue.ts';
import { ISSUE_CODES } from '../compiler/codes.ts';
import { validate } from '../compiler/validate.ts';
import { parseSource, type SourceFile } from '../compiler/yaml-source.ts';
import { Scenario } from './language.ts';
import { type Said, said } from '../compiler/said.ts';
import { didYouMean } from '../compiler/checking.ts';
import { findNearest } from '../model/nearest.ts';
import { EXPECTABLE_CODES } from './refusal-codes.ts';

export type ScenarioReading =
  | { readonly scenario: Scenario; readonly places: Places }
  /** Never empty. */
  | { readonly issues: readonly Issue[] };

export function readScenario(file: SourceFile): ScenarioReading {
  const issues: Issue[] = [];
  const report: Report = (code, place, words) =>
    void issues.push({ ...place, ...wordsOf(words), code, severity: ISSUE_CODES[code].severity });
  const places = createPlaces();
  const root = parseSource(file, { places, report });
  if (root !== undefined) validate(Scenario, root, { places, report, patched: new WeakSet() });
  if (root !== undefined && issues.length === 0) {
    const scenario = root as Scenario;
    const [first] = scenario.steps;
    if (scenario.started !== undefined && first !== undefined && first.at < scenario.started)
      report('DATES_REVERSED', places.of(scenario, 'started'), beginsLate({ started: scenario.started, first: first.at }));
    scenario.steps.forEach((step, index) => {
      const before = scenario.steps[index - 1];
      if (before === undefined || step.at >= before.at) return;
      report('DATES_REVERSED', places.of(step, 'at'), stepsBack({ at: step.at, before: before.at }));
    });
    for (const act of scenario.steps.flatMap((step) => step.do ?? []))
      if (act.refused !== undefined && !EXPECTABLE_CODES.includes(act.refused))
        report('VALUE_NOT_ALLOWED', places.of(act, 'refused'), noSuchCode(act.refused));
    if (issues.length === 0) return { scenario, places };
  }
  return { issues: sortIssues(issues, [file.path]) };
}

const beginsLate = ({ started, first }: { started: string; first: string }): Said =>
  said(
    [`the run begins at ${started}, after its first step (${first})`, 'let it begin before that'],
    [`过程从 ${started} 开始，晚于它的第一步（${first}）`, '让它在第一步之前开始'],
  );

const stepsBack = ({ at, before }: { at: string; before: string }): Said =>
  said(
    [`this step is at ${at}, before the one above it (${before})`, 'put the steps in the order of time'],
    [`这一步在 ${at}，早于它上面的一步（${before}）`, '按时间先后排列各步'],
  );

function noSuchCode(code: string): Said {
  const near = findNearest(code, EXPECTABLE_CODES);
  const meant =
    near === undefined ? { en: 'docs/refusals.md lists them', zh: 'docs/refusals.md 列有全部代码' } : didYouMean(near);
  return said([`nothing is refused with '${code}'`, meant.en], [`没有名为“${code}”的拒绝代码`, meant.zh]);
}
