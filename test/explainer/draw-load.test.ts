/** The picture of a simulated campaign's load. */
import { beforeAll, describe, expect, it } from 'vitest';
import { drawLoad } from '../../explainer/draw-load.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import type { Findings } from '../../simulator/findings.ts';
import { SOME_LATE } from '../../simulator/people.ts';
import { simulate } from '../../simulator/simulate.ts';
import { linwei } from '../definitions/linwei.ts';

const { plan, programs } = linwei;
const { days } = programs.campaign;
let findings: Findings;
const draw = (top = 5, language: 'zh' | 'en' = 'zh'): string => drawLoad(findings, plan, { days, language, top });

beforeAll(() => {
  const roster = createSampleRoster({ seed: 2, unions: 2, households: 12, earlier: 2 });
  const played = simulate({ plan, programs, roster, seed: 2, habits: SOME_LATE, admit: admittedHousehold });
  for (let step = played.next(); ; step = played.next()) {
    if (step.done !== true) continue;
    findings = step.value;
    return;
  }
});

describe('the picture of a load', () => {
  it('is the same bytes each time', () => expect(draw()).toBe(draw()));

  it('fetches nothing and runs nothing', () =>
    expect(draw().replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|@import|<script|<image|<foreignObject/));

  it('has a band for each phase, with its title', () => {
    for (const { title } of plan.phases) expect(draw(5, 'en')).toContain(`<title>${title.en} `);
  });

  it('has a bar for each day on which something falls due, is done or is said', () => {
    const picture = draw(1, 'en');
    for (const { date, due, acts, messages } of findings.days) {
      if (due + acts > 0)
        expect(picture, date).toContain(`<title>${date}: deadlines ${due}, done (forms, reviews) ${acts}</title>`);
      if (messages > 0) expect(picture, date).toContain(`<title>${date}: messages ${messages}</title>`);
    }
  });

  it('shows so many people as are asked for, the heaviest days first', () => {
    const [first, second, third] = findings.people.map(({ person }) => person);
    const picture = draw(2);
    expect(picture.indexOf(`>${first}<`)).toBeGreaterThan(0);
    expect(picture.indexOf(`>${second}<`)).toBeGreaterThan(picture.indexOf(`>${first}<`));
    expect(picture).not.toContain(`>${third}<`);
  });

  it('shows of each person what each day held', () => {
    const [{ person, load }] = findings.people as [Findings['people'][number]];
    for (const { date, due, acts } of load)
      expect(draw(1, 'en')).toContain(`<title>${person} ${date}: deadlines ${due}, done (forms, reviews) ${acts}</title>`);
  });

  it('is drawn of a campaign in which nothing happened', () =>
    expect(drawLoad({ ...findings, people: [], days: [] }, plan, { days, language: 'zh', top: 5 })).toMatch(/^<svg /));
});
