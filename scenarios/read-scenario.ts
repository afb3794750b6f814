/** A scenario's text in; every issue it has, or the scenario with the places of its parts, out. */
import { createPlaces, type Places } from '../compiler/places.ts';
import { type Issue, type Report, sortIssues } from '../compiler/issue.ts';
import { ISSUE_CODES } from '../compiler/codes.ts';
import { validate } from '../compiler/validate.ts';
import { parseSource, type SourceFile } from '../compiler/yaml-source.ts';
import { Scenario } from './language.ts';

export type ScenarioReading =
  | { readonly scenario: Scenario; readonly places: Places }
  /** Never empty. */
  | { readonly issues: readonly Issue[] };

export function readScenario(file: SourceFile): ScenarioReading {
  const issues: Issue[] = [];
  const report: Report = (code, place, words) =>
    void issues.push({ ...place, ...words, code, severity: ISSUE_CODES[code].severity });
  const places = createPlaces();
  const root = parseSource(file, { places, report });
  if (root !== undefined) validate(Scenario, root, { places, report, patched: new WeakSet() });
  if (root !== undefined && issues.length === 0) {
    const scenario = root as Scenario;
    const [first] = scenario.steps;
    if (scenario.started !== undefined && first !== undefined && first.at < scenario.started)
      report('DATES_REVERSED', places.of(scenario, 'started'), {
        message: `the run begins at ${scenario.started}, after its first step (${first.at})`,
        hint: 'let it begin before that',
      });
    scenario.steps.forEach((step, index) => {
      const before = scenario.steps[index - 1];
      if (before === undefined || step.at >= before.at) return;
      report('DATES_REVERSED', places.of(step, 'at'), {
        message: `this step is at ${step.at}, before the one above it (${before.at})`,
        hint: 'put the steps in the order of time',
      });
    });
    if (issues.length === 0) return { scenario, places };
  }
  return { issues: sortIssues(issues, [file.path]) };
}
