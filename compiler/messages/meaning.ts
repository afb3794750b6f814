/** What a definition says and cannot mean. */
import type { ConditionOwner } from '../check-meaning.ts';
import { type Said, said, type Words } from '../said.ts';

interface Judged {
  readonly of: ConditionOwner;
  /** What the names it reads may be. */
  readonly known: Words;
}

const NEVER: Readonly<Record<ConditionOwner['kind'], (id: string) => Words>> = {
  task: (id) => ({ en: `task '${id}' never comes up`, zh: `任务“${id}”永远不会开启` }),
  review: (id) => ({ en: `this review of task '${id}' never takes place`, zh: `任务“${id}”的这一步审核永远不会进行` }),
  outcome: (id) => ({ en: `this outcome of task '${id}' never comes about`, zh: `任务“${id}”的这一结果永远不会出现` }),
  field: (id) => ({ en: `field '${id}' is never asked for`, zh: `字段“${id}”永远不会要求填写` }),
  rule: (id) => ({ en: `no answers can keep the rule told at '${id}'`, zh: `任何答案都不能满足“${id}”处的规则` }),
  target: (id) => ({ en: `target '${id}' counts nobody here`, zh: `目标“${id}”在此统计不到任何户` }),
  indicator: (id) => ({ en: `indicator '${id}' counts nobody`, zh: `指标“${id}”统计不到任何对象` }),
};

const ALWAYS: Readonly<Record<ConditionOwner['kind'], (id: string) => Words>> = {
  task: (id) => ({ en: `task '${id}' comes up in every case`, zh: `任务“${id}”在任何情况下都会开启` }),
  review: (id) => ({ en: `this review of task '${id}' takes place in every case`, zh: `任务“${id}”的这一步审核总会进行` }),
  outcome: (id) => ({ en: `this outcome of task '${id}' comes about in every case`, zh: `任务“${id}”的这一结果总会出现` }),
  field: (id) => ({ en: `field '${id}' is asked for in every case`, zh: `字段“${id}”在任何情况下都要求填写` }),
  rule: (id) => ({ en: `any answers keep the rule told at '${id}'`, zh: `任何答案都满足“${id}”处的规则` }),
  target: (id) => ({ en: `target '${id}' counts everybody here`, zh: `目标“${id}”在此统计全部户` }),
  indicator: (id) => ({ en: `indicator '${id}' counts everybody`, zh: `指标“${id}”统计全部对象` }),
};

export const meaning = {
  CONDITION_NEVER: {
    main({ of, known }: Judged): Said {
      const what = NEVER[of.kind](of.id);
      return said(
        [
          `the condition holds in no case, so ${what.en}`,
          `${known.en || 'it asks for nothing that may be'}; ask for what may be, or take it out`,
        ],
        [`该条件在任何情况下都不成立，因此${what.zh}`, `${known.zh || '条件本身自相矛盾'}；请改为可能的值，或删去`],
      );
    },
  },
  CONDITION_ALWAYS: {
    main({ of, known }: Judged): Said {
      const what = ALWAYS[of.kind](of.id);
      return said(
        [`the condition asks nothing: ${what.en}`, `${known.en || 'it holds by itself'}; leave it out, or ask for less`],
        [`该条件不起作用：${what.zh}`, `${known.zh || '条件恒成立'}；请删去，或缩小范围`],
      );
    },
  },
  TASK_UNREACHABLE: {
    main: ({ task, other }: { readonly task: string; readonly other: string }): Said =>
      said(
        [
          `task '${task}' never comes up: it waits for '${other}', which never does`,
          `let '${other}' come up, or do not wait for it`,
        ],
        [`任务“${task}”永远不会开启：它要等待永远不会开启的“${other}”`, `使“${other}”能够开启，或不再等待它`],
      ),
    left: ({ task, other }: { readonly task: string; readonly other: string }): Said =>
      said(
        [
          `task '${task}' never comes up: it comes after '${other}', and whoever has done that leaves the campaign`,
          'say with `when` which answer makes them leave, or let it come up for those who have left (`ofWithdrawn: true`)',
        ],
        [
          `任务“${task}”永远不会开启：它在“${other}”之后，而完成“${other}”即退出行动`,
          '用 `when` 写明哪种答案才退出，或使其在退出后仍开启（`ofWithdrawn: true`）',
        ],
      ),
    contradicted: ({ task, other }: { readonly task: string; readonly other: string }): Said =>
      said(
        [
          `task '${task}' never comes up: its condition and that of '${other}', which it comes after, cannot both hold, and nothing in between changes what they ask`,
          `let it come after what '${other}' comes after, or ask for what may be`,
        ],
        [
          `任务“${task}”永远不会开启：其条件与前置任务“${other}”的条件不能同时成立，其间也没有什么会改变所问的事实项`,
          `改为排在“${other}”的前置任务之后，或改为可能的条件`,
        ],
      ),
  },
  GATE_NEVER_OPENS: {
    main: ({ task, counted }: { readonly task: string; readonly counted: string }): Said =>
      said(
        [
          `the gate before '${task}' never opens: '${counted}', which it waits for, never comes up`,
          'name a task that comes up, or a day with `noLaterThan`',
        ],
        [`任务“${task}”的闸门永远不会打开：所等待的“${counted}”永远不会开启`, '改为会开启的任务，或用 `noLaterThan` 写明日期'],
      ),
  },
  GATE_MAY_STAY_SHUT: {
    main({ task, counted, keeping }: { readonly task: string; readonly counted: string; readonly keeping: string }): Said {
      const own = counted === keeping;
      const en = own ? 'its condition' : `the condition of '${keeping}', which it comes after,`;
      const zh = own ? '其条件' : `其前置任务“${keeping}”的条件`;
      return said(
        [
          `the gate before '${task}' may stay shut for good: where ${en} does not come to hold, '${counted}' is waited for to the last day`,
          `give the day on which it opens at the latest (\`noLaterThan\`), or count a task that comes up for everybody`,
        ],
        [
          `任务“${task}”的闸门可能永远不会打开：${zh}不成立时，“${counted}”会一直被等待`,
          '用 `noLaterThan` 写明最迟打开的日期，或改为统计人人都会开启的任务',
        ],
      );
    },
  },
  AGAIN_WITHOUT_END: {
    main({ path }: { readonly path: readonly string[] }): Said {
      const [en, zh] =
        path.length === 2
          ? [`'${path[0]!}' asks for itself again whenever it is done`, `“${path[0]!}”每次完成都要求重做自己`]
          : [
              `tasks ask for each other again whenever they are done: ${path.join(' → ')}`,
              `任务每次完成都互相要求重做：${path.join(' → ')}`,
            ];
      return said(
        [`${en}, and no condition ends it: it comes up ten times`, 'say with `when` which answer asks for it again'],
        [`${zh}，且没有条件使其结束：会开启十次`, '用 `when` 写明哪种答案才要求重做'],
      );
    },
  },
  BRANCH_MISSING: {
    main({ fact, members, task }: { readonly fact: string; readonly members: readonly string[]; readonly task: string }): Said {
      const en = members.map((member) => `'${member}'`).join(', ');
      const zh = members.map((member) => `“${member}”`).join('、');
      return said(
        [
          `nothing follows when '${task}' answers ${en} to '${fact}', as something does for the other choices`,
          'add a task, a review or an outcome for it; an outcome that sets a fact says that nothing else is to follow',
        ],
        [
          `“${task}”中“${fact}”选${zh}时没有后续，而选其他项时都有`,
          '为其补上任务、审核或结果；若确无后续，用一个设置事实项的结果写明',
        ],
      );
    },
  },
  REMINDER_AFTER_DEADLINE: {
    main: ({ rung, ladder, task, of }: Silent): Said =>
      said(
        [
          `what rung '${rung}' of ladder '${ladder}' says of ${of === 'task' ? `'${task}'` : `the review of '${task}'`} is sent after the deadline: it falls into quiet hours that last beyond it`,
          'let it speak before the quiet hours begin, such as `workingDays: -1` with an `at`, or let them end sooner',
        ],
        [
          `梯级“${ladder}”中的“${rung}”对${of === 'task' ? `任务“${task}”` : `任务“${task}”的审核`}的催办在期限之后才发出：落在免打扰时段内，而该时段延续到期限之后`,
          '提前到免打扰时段开始之前，如 `workingDays: -1` 加 `at`，或缩短该时段',
        ],
      ),
  },
  RUNG_NEVER_SPEAKS: {
    main: ({ rung, ladder, task, of }: Silent): Said =>
      said(
        [
          `rung '${rung}' of ladder '${ladder}' never speaks: it falls before any ${of === 'task' ? 'task' : 'review'} that uses the ladder can begin, such as ${of === 'task' ? `'${task}'` : `that of '${task}'`}`,
          'let it speak nearer the deadline, or take it out',
        ],
        [
          `梯级“${ladder}”中的“${rung}”永远不会发出：对使用该梯级的${of === 'task' ? `任务（如“${task}”）` : `审核（如任务“${task}”的审核）`}而言，总早于其开始`,
          '使其更靠近期限，或删去',
        ],
      ),
    late: ({ rung, ladder, task }: Silent): Said =>
      said(
        [
          `rung '${rung}' of ladder '${ladder}' never speaks: for every task that uses the ladder, such as '${task}', it falls after the last day that the plan knows`,
          'let it speak sooner after the deadline, or take it out',
        ],
        [
          `梯级“${ladder}”中的“${rung}”永远不会发出：对使用该梯级的任务（如“${task}”）而言，总晚于计划所知的最后一日`,
          '使其更靠近期限，或删去',
        ],
      ),
    here: ({ rung, ladder, task, of }: Silent): Said =>
      said(
        [
          `rung '${rung}' of ladder '${ladder}' never speaks here: it falls before ${of === 'task' ? `'${task}' can open` : `a review of '${task}' begins`}`,
          'give more time, or name a ladder whose rungs are nearer the deadline',
        ],
        [
          `梯级“${ladder}”中的“${rung}”在此永远不会发出：总早于${of === 'task' ? `任务“${task}”的开启` : `任务“${task}”审核的开始`}`,
          '延长期限，或改用更靠近期限的梯级',
        ],
      ),
    unreminded: ({ ladder, task }: Omit<Silent, 'rung' | 'of'>): Said =>
      said(
        [
          `nobody is ever reminded of '${task}' by its deadline: what ladder '${ladder}' says up to then falls before the task can open`,
          'give more time, or a `ladder` whose rungs are nearer the deadline',
        ],
        [
          `任务“${task}”在期限之前永远没有催办：梯级“${ladder}”在期限及之前的各档总早于任务开启`,
          '延长期限，或用 `ladder` 指定更靠近期限的梯级',
        ],
      ),
  },
} as const;

interface Silent {
  readonly rung: string;
  readonly ladder: string;
  readonly task: string;
  readonly of: 'task' | 'review';
}
