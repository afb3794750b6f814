import { z } from 'zod';
import { drawPlan } from '../../explainer/draw.ts';
import { drawFlow } from '../../explainer/draw-flow.ts';
import { drawGantt } from '../../explainer/draw-gantt.ts';
import { defineCommand, readDate, SET_OPTION, readLanguage, readWord } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { EXIT, misuse } from '../failure.ts';

const readKind = readWord('flow', 'gantt');
const readFormat = readWord('svg', 'mermaid');

export const graphCommand = defineCommand({
  name: 'graph',
  summary: 'Draws a plan: what waits for what, or its tasks against the days.',
  about:
    'The picture goes to standard output, to be kept in a file. SVG holds everything it needs; Mermaid is for pages that draw it themselves.',
  arguments: { path: { kind: 'required', about: "A definition's folder, or its definition.yaml." } },
  options: {
    as: { value: 'kind', about: 'flow, the default, or gantt.', read: readKind },
    format: { value: 'format', about: 'svg, the default, or mermaid (of flow).', read: readFormat },
    lang: { value: 'language', about: 'zh, the default, or en.', read: readLanguage },
    starts: { value: 'date', about: 'Moves the whole campaign so that its first day is this one (YYYY-MM-DD).', read: readDate },
    set: SET_OPTION,
  },
  answer: z.strictObject({
    plan: z.string().describe("the plan's hash"),
    as: z.enum(['flow', 'gantt']),
    format: z.enum(['svg', 'mermaid']),
    text: z.string().describe('the picture'),
  }),
  examples: ['graph definitions/linwei-2020 > plan.svg', 'graph definitions/linwei-2020 --as gantt --lang en > days.svg'],
  run({ arguments: { path }, options: { as = 'flow', format = 'svg', lang = 'zh', starts, set } }, { host, answer }) {
    if (as === 'gantt' && format === 'mermaid') throw misuse('a gantt is drawn as svg only', 'leave out --format');
    const { plan, programs, hash } = compileOrRefuse(host, { path, starts, set });
    const text =
      as === 'gantt'
        ? drawGantt(plan, { days: programs.campaign.days, language: lang })
        : format === 'svg'
          ? drawFlow(plan, { language: lang })
          : drawPlan(plan, { language: lang });
    answer({ plan: hash, as, format, text }, () => text.trimEnd());
    return Promise.resolve(EXIT.done);
  },
});
