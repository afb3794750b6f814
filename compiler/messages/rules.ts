/** What waits for what, what is asked for again, and what is counted. */
import { type Said, said } from '../said.ts';

export const rules = {
  CYCLE: {
    tasks: ({ path }: { readonly path: readonly string[] }): Said =>
      said(
        [`${path.map((id) => `'${id}'`).join(' waits for ')}`, 'take one of these links out'],
        [`${path.map((id) => `“${id}”`).join('等待')}`, '去掉其中一个先后关系'],
      ),
  },
  INDICATOR_MISFIT: {
    equalsRatio: ({ indicator, cell }: { readonly indicator: string; readonly cell: string }): Said =>
      said(
        [`'${indicator}' is a ratio, and '${cell}' a number that people count`, 'name a count, a sum or a number of tasks'],
        [`“${indicator}”是比率，而“${cell}”是人来统计的数`, '改为计数、合计或任务数'],
      ),
    askedOf: ({ key }: { readonly key: string }): Said =>
      said(
        [
          `'${key}' is asked of unions or households, and this indicator counts neither`,
          'say whom it counts with `of`, or take it out',
        ],
        [`“${key}”只用于工会或户，而该指标两者都不统计`, `用 \`of\` 写明统计谁，或删去`],
      ),
    ratioOfRatio: ({ name }: { readonly name: string }): Said =>
      said(
        [`'${name}' is a ratio itself`, 'divide a count, a sum or a number of tasks by another'],
        [`“${name}”本身就是比率`, '用一个计数、合计或任务数除以另一个'],
      ),
    phase: said(
      ['only tasks belong to a phase, and this indicator counts others', 'take `phase` out, or count tasks'],
      ['只有任务才属于某个阶段，而该指标统计的不是任务', `去掉 \`phase\`，或改为统计任务`],
    ),
  },
  AGAIN_UNFIT: {
    main: ({ task, isOfRows }: { readonly task: string; readonly isOfRows: boolean }): Said =>
      said(
        [
          `'${task}' ${isOfRows ? 'is made by rows' : 'comes up several times anyway'}, and cannot be asked for again`,
          'name a task that comes up once',
        ],
        [`“${task}”${isOfRows ? '由表行生成' : '本来就会多次出现'}，不能要求它重新开启`, '改为只出现一次的任务'],
      ),
  },
} as const;
