/** Dates, deadlines and everything that is counted in days. */
import type { Scope } from '../../model/plan.ts';
import { type Said, said, type Words, zhScope } from '../said.ts';

export const dates = {
  NO_PHASES: {
    main: said(
      ['no file of the definition has phases', 'add `phases` with their dates and actions'],
      ['方案的任何文件中都没有阶段', `补上 \`phases\` 及其日期和动作`],
    ),
  },
  DATES_REVERSED: {
    main: ({ phase, ends, starts }: { readonly phase: string; readonly ends: string; readonly starts: string }): Said =>
      said(
        [`phase '${phase}' ends on ${ends}, before it starts on ${starts}`, 'exchange or correct the dates'],
        [`阶段“${phase}”的结束日期 ${ends} 早于开始日期 ${starts}`, '对调或改正日期'],
      ),
  },
  PHASES_OVERLAP: {
    main: ({
      phase,
      starts,
      before,
      beforeEnds,
    }: {
      readonly phase: string;
      readonly starts: string;
      readonly before: string;
      readonly beforeEnds: string;
    }): Said =>
      said(
        [`phase '${phase}' starts on ${starts}, and '${before}' ends on ${beforeEnds}`, `let it start after ${beforeEnds}`],
        [`阶段“${phase}”从 ${starts} 开始，而“${before}”到 ${beforeEnds} 才结束`, `改为 ${beforeEnds} 之后开始`],
      ),
  },
  PHASES_OUT_OF_ORDER: {
    main: ({
      phase,
      starts,
      before,
      beforeStarts,
    }: {
      readonly phase: string;
      readonly starts: string;
      readonly before: string;
      readonly beforeStarts: string;
    }): Said =>
      said(
        [
          `phase '${phase}' starts on ${starts}, before '${before}' (${beforeStarts}), which is listed first`,
          'list phases in the order of their dates',
        ],
        [`阶段“${phase}”从 ${starts} 开始，早于列在它前面的“${before}”（${beforeStarts}）`, '按日期先后排列各阶段'],
      ),
  },
  DATE_OUTSIDE_CAMPAIGN: {
    bulletin: ({
      key,
      date,
      from,
      to,
    }: {
      readonly key: string;
      readonly date: string;
      readonly from: string;
      readonly to: string;
    }): Said =>
      said(
        [`the bulletin is issued ${key} ${date}`, `choose a day from ${from} to ${to}, the campaign's`],
        [`该简报的 \`${key}\` 是 ${date}`, `改为行动期间 ${from} 至 ${to} 之内的日期`],
      ),
    otherYear: ({ date, year }: { readonly date: string; readonly year: string }): Said =>
      said(
        [`'${date}' stands under ${year}`, 'list it under its own year'],
        [`“${date}”列在 ${year} 年之下`, '列到它自己的年份之下'],
      ),
    gate: ({
      date,
      from,
      to,
      task,
    }: {
      readonly date: string;
      readonly from: string;
      readonly to: string;
      readonly task: string;
    }): Said =>
      said(
        [`the gate opens on ${date} at the latest`, `choose a day from ${from} to ${to}, the phase of '${task}'`],
        [`该闸门最迟在 ${date} 打开`, `改为“${task}”所属阶段 ${from} 至 ${to} 之内的日期`],
      ),
    due: ({
      task,
      date,
      from,
      to,
    }: {
      readonly task: string;
      readonly date: string;
      readonly from: string;
      readonly to: string;
    }): Said =>
      said(
        [
          `task '${task}' is due on ${date}`,
          `choose a day from ${from}, when its phase starts, to ${to}, when the campaign ends`,
        ],
        [`任务“${task}”的期限是 ${date}`, `改为其阶段开始（${from}）至行动结束（${to}）之间的日期`],
      ),
    afterEnd: ({ task, ends }: { readonly task: string; readonly ends: string }): Said =>
      said(
        [`task '${task}' would be due after the campaign has ended on ${ends}`, 'count less far'],
        [`任务“${task}”的期限会在行动 ${ends} 结束之后`, '少往后推一些'],
      ),
  },
  CAMPAIGN_TOO_LONG: {
    main: ({ days, most }: { readonly days: number; readonly most: number }): Said =>
      said(
        [`the campaign lasts ${days} days`, `at most ${most}; divide it into several campaigns`],
        [`行动长达 ${days} 天`, `至多 ${most} 天；请拆成几个行动`],
      ),
  },
  UNKNOWN_ZONE: {
    main: ({ zone, near }: { readonly zone: string; readonly near: Words }): Said =>
      said([`there is no time zone '${zone}'`, near.en], [`没有时区“${zone}”`, near.zh]),
  },
  UNKNOWN_CALENDAR: {
    main: ({ calendar, near }: { readonly calendar: string; readonly near: Words }): Said =>
      said([`there is no calendar '${calendar}'`, near.en], [`没有日历“${calendar}”`, near.zh]),
  },
  CALENDAR_YEAR_UNKNOWN: {
    main: ({
      calendar,
      version,
      year,
      why,
    }: {
      readonly calendar: string;
      readonly version: string;
      readonly year: number;
      readonly why: Words;
    }): Said =>
      said(
        [
          `calendar '${calendar}' (${version}) has no data for ${year}, and ${why.en}`,
          'add the year to the calendar once it has been published, or choose other dates; working days are never guessed',
        ],
        [
          `日历“${calendar}”（${version}）没有 ${year} 年的数据，而${why.zh}`,
          '待该年安排公布后补入日历，或另选日期；工作日绝不推测',
        ],
      ),
  },
  NO_WORKING_DAY: {
    phase: ({ phase }: { readonly phase: string }): Said =>
      said(
        [`phase '${phase}' has no working day`, 'check its dates against the calendar'],
        [`阶段“${phase}”内没有工作日`, '对照日历核对日期'],
      ),
    task: ({ task, phase }: { readonly task: string; readonly phase: string }): Said =>
      said(
        [
          `task '${task}' is due before the first working day of phase '${phase}'`,
          'give it a later date, or check the dates against the calendar',
        ],
        [`任务“${task}”的期限早于阶段“${phase}”的第一个工作日`, '改为较晚的日期，或对照日历核对'],
      ),
  },
  STARTS_MALFORMED: {
    main: ({ starts }: { readonly starts: string }): Said =>
      said(
        [`the campaign cannot start on '${starts}'`, 'give a date that exists, written YYYY-MM-DD'],
        [`行动不能从“${starts}”开始`, '写一个真实存在的日期，格式 YYYY-MM-DD'],
      ),
  },
  LATER_PHASE: {
    gate: ({ task, phase }: { readonly task: string; readonly phase: string }): Said =>
      said(
        [`'${task}' belongs to the later phase '${phase}'`, 'move one of the two to another phase'],
        [`“${task}”属于后面的阶段“${phase}”`, '把其中一个移到别的阶段'],
      ),
    after: ({ other, phase }: { readonly other: string; readonly phase: string }): Said =>
      said(
        [`'${other}' belongs to the later phase '${phase}'`, 'move one of the two to another phase'],
        [`“${other}”属于后面的阶段“${phase}”`, '把其中一个移到别的阶段'],
      ),
    anchor: ({ other, phase, task }: { readonly other: string; readonly phase: string; readonly task: string }): Said =>
      said(
        [
          `'${other}' belongs to the later phase '${phase}', and task '${task}' is due before that`,
          'count from a task of the same phase or an earlier one',
        ],
        [`“${other}”属于后面的阶段“${phase}”，而任务“${task}”的期限在那之前`, '改由同一阶段或更早阶段的任务推算'],
      ),
  },
  CLOSES_BEFORE_DUE: {
    date: ({ task, closes, due }: { readonly task: string; readonly closes: string; readonly due: string }): Said =>
      said(
        [`task '${task}' is closed on ${closes} and due on ${due}`, 'take `atEnd: close` out, or bring the date forward'],
        [`任务“${task}”在 ${closes} 终止，期限却是 ${due}`, `去掉 \`atEnd: close\`，或提前日期`],
      ),
    counted: ({ task, closes }: { readonly task: string; readonly closes: string }): Said =>
      said(
        [`task '${task}' is closed on ${closes} and due after that`, 'take `atEnd: close` out, or count less far'],
        [`任务“${task}”在 ${closes} 终止，期限却在其后`, `去掉 \`atEnd: close\`，或少往后推一些`],
      ),
  },
  DUE_AFTER_PHASE: {
    main: (at: { readonly task: string; readonly date: string; readonly phase: string; readonly ends: string }): Said =>
      said(
        [
          `task '${at.task}' is due on ${at.date}, but its phase '${at.phase}' ends on ${at.ends}`,
          'put it into the phase of its deadline, or bring the date forward; where it shall outlast its phase, say so with `atEnd: late`',
        ],
        [
          `任务“${at.task}”的期限是 ${at.date}，而其阶段“${at.phase}”到 ${at.ends} 为止`,
          '移到期限所在的阶段，或提前日期；若确应延续到阶段之后，请写明 `atEnd: late`',
        ],
      ),
  },
  HOURS_OUT_OF_ORDER: {
    work: ({ span, isForward }: { readonly span: string; readonly isForward: boolean }): Said =>
      said(
        [
          `the working hours '${span}' ${isForward ? 'begin before those listed first have ended' : 'end before they begin'}`,
          'list spans of one day in their order, apart from each other',
        ],
        [`工作时间“${span}”${isForward ? '与列在它前面的时段重叠' : '的结束早于开始'}`, '同一天的各时段按先后排列，互不重叠'],
      ),
    quiet: ({ span }: { readonly span: string }): Said =>
      said(
        [`the quiet hours '${span}' leave no time to write to anybody`, 'let them end before they begin anew'],
        [`静默时间“${span}”没有留下任何可以发送消息的时间`, '让它在再次开始之前结束'],
      ),
  },
  WORKING_HOURS_UNKNOWN: {
    main: said(
      [
        'working hours are counted, and the definition does not say which hours are worked',
        "add to the main file: hours: { work: ['08:30-12:00', '14:00-18:00'] }",
      ],
      ['此处按工作小时计算，而方案没有写明工作时间', "在主文件中写明：hours: { work: ['08:30-12:00', '14:00-18:00'] }"],
    ),
  },
  DUE_BEFORE_OPENING: {
    opening: ({ task }: { readonly task: string }): Said =>
      said(
        [`task '${task}' would be due before it can open`, 'count forwards from there'],
        [`任务“${task}”的期限会早于它开启的时间`, '从那里往后推算'],
      ),
    phase: ({ task, phase, starts }: { readonly task: string; readonly phase: string; readonly starts: string }): Said =>
      said(
        [`task '${task}' would be due before its phase '${phase}' starts on ${starts}`, 'count less far back'],
        [`任务“${task}”的期限会早于其阶段“${phase}”的开始日期 ${starts}`, '少往前推一些'],
      ),
  },
  ANCHOR_TOO_LATE: {
    main: ({ other, isDone, task }: { readonly other: string; readonly isDone: boolean; readonly task: string }): Said =>
      said(
        [
          `'${other}' is ${isDone ? 'done' : 'returned'} only once task '${task}' itself is done`,
          'count from something that comes before it',
        ],
        [`“${other}”要等任务“${task}”完成之后才会${isDone ? '完成' : '被退回'}`, '改由在它之前的事推算'],
      ),
  },
  REPEATS_DO_NOT_FIT: {
    schedule: ({
      phase,
      room,
      task,
      wanted,
    }: {
      readonly phase: string;
      readonly room: number;
      readonly task: string;
      readonly wanted: number;
    }): Said =>
      said(
        [
          `phase '${phase}' has room for ${room} of '${task}', not for ${wanted}`,
          room < 2 ? 'let it come up more often, or take `repeats` out' : `at most ${room} so far apart`,
        ],
        [
          `阶段“${phase}”只容得下 ${room} 次“${task}”，容不下 ${wanted} 次`,
          `${room < 2 ? '让它更频繁地出现，或去掉 `repeats`' : `按这样的间隔至多 ${room} 次`}`,
        ],
      ),
    turns: ({
      times,
      task,
      phase,
      ends,
    }: {
      readonly times: number;
      readonly task: string;
      readonly phase: string;
      readonly ends: string;
    }): Said =>
      said(
        [
          `${times} of '${task}' so far apart cannot be done before phase '${phase}' ends on ${ends}`,
          'let fewer come up, or let them come closer together',
        ],
        [`按这样的间隔，${times} 次“${task}”无法在阶段“${phase}”于 ${ends} 结束之前完成`, '减少次数，或缩短间隔'],
      ),
  },
  REPEATS_DUE: {
    main: ({ task }: { readonly task: string }): Said =>
      said(
        [
          `'${task}' comes up on several days and would be due on one`,
          'count from its opening, such as `due: { workingDays: 3 }`, or leave `due` out: then each is due before the next comes up',
        ],
        [
          `“${task}”在几天中多次开启，期限却在同一天`,
          `从开启时推算，如 \`due: { workingDays: 3 }\`，或不写 \`due\`：则每次在下一次开启之前到期`,
        ],
      ),
  },
  HOLDS_NOTHING: {
    main: ({ task, scope }: { readonly task: string; readonly scope: Scope }): Said =>
      said(
        [`task '${task}' holds its phase open, and no later phase has a task of the ${scope}`, 'use `atEnd: late`'],
        [`任务“${task}”使其阶段保持开放，而后面的阶段没有${zhScope(scope)}级任务`, `改用 \`atEnd: late\``],
      ),
  },
} as const;
