/** Who holds, reviews and is told. */
import { type Said, said, type Words } from '../said.ts';

export const people = {
  ROLE_CYCLE: {
    main: ({ id }: { readonly id: string }): Said =>
      said(
        [`role '${id}' falls back on itself in the end`, 'let the chain end at the highest role'],
        [`角色“${id}”最终由自己递补`, '让递补止于最高一级角色'],
      ),
  },
  ROLE_NEVER_FILLED: {
    adjusts: ({ role, kind, near }: { readonly role: string; readonly kind: string; readonly near: Words }): Said =>
      said(
        [`'${role}' is no post of the register, and nobody could ${kind} under it`, near.en],
        [`“${role}”不是名册中的岗位，没有人能以它的名义作 ${kind}`, near.zh],
      ),
    main: ({ id, near }: { readonly id: string; readonly near: Words }): Said =>
      said(
        [`the register has no '${id}', and no task assigns one`, `${near.en}; or let a task fill it by \`assigns\``],
        [`名册中没有“${id}”，也没有任务指定人选`, `${near.zh}；或由任务用 \`assigns\` 指定人选`],
      ),
  },
  NO_ONE_TO_TELL: {
    vacant: ({ rung, role }: { readonly rung: string; readonly role: string }): Said =>
      said(
        [
          `rung '${rung}' tells nobody: neither the register nor a task fills '${role}' or a role it falls back on`,
          'give the role a fallback that the register fills, or tell another role',
        ],
        [
          `档“${rung}”无人可告知：名册和任务都不为“${role}”及其递补角色指定人选`,
          '为该角色指定名册中有人的递补角色，或改为告知别的角色',
        ],
      ),
    main: ({
      rung,
      ladder,
      role,
      acts,
      task,
    }: {
      readonly rung: string;
      readonly ladder: string;
      readonly role: string;
      readonly acts: 'holds' | 'reviews';
      readonly task: string;
    }): Said =>
      said(
        [
          `rung '${rung}' of ladder '${ladder}' tells '${role}', which ${acts} task '${task}' and has no fallback`,
          'give the role a fallback, or the task another ladder',
        ],
        [
          `梯级“${ladder}”的“${rung}”档告知“${role}”，而${acts === 'holds' ? '承担' : '审核'}任务“${task}”的正是它，且没有递补角色`,
          '为该角色指定上一级，或给任务换一个梯级',
        ],
      ),
  },
  NO_ONE_TO_HOLD: {
    vacant: ({ does, task, role }: { readonly does: 'hold' | 'review'; readonly task: string; readonly role: string }): Said =>
      said(
        [
          `nobody ever ${does}s '${task}': neither the register nor a task fills '${role}' or a role it falls back on`,
          'give the role a fallback that the register fills, or fill it by `assigns`',
        ],
        [
          `“${task}”永远无人${does === 'hold' ? '承担' : '审核'}：名册和任务都不为“${role}”及其递补角色指定人选`,
          '为该角色指定名册中有人的递补角色，或用 `assigns` 指定人选',
        ],
      ),
    main: ({
      does,
      task,
      chain,
      other,
    }: {
      readonly does: 'hold' | 'review';
      readonly task: string;
      readonly chain: readonly string[];
      readonly other: string;
    }): Said =>
      said(
        [
          `nobody is left to ${does} '${task}': ${chain.map((each) => `'${each}'`).join(', ')} did '${other}'${does === 'review' ? ' or this task' : ''}`,
          `give '${chain.at(-1)!}' a fallback, or name another role`,
        ],
        [
          `再没有人可以${does === 'hold' ? '承担' : '审核'}“${task}”：${chain.map((each) => `“${each}”`).join('、')}做了“${other}”${does === 'review' ? '或本任务' : ''}`,
          `为“${chain.at(-1)!}”指定递补角色，或改用别的角色`,
        ],
      ),
  },
  NOT_DONE_BEFORE: {
    main: ({
      other,
      task,
      holds,
      isSame,
    }: {
      readonly other: string;
      readonly task: string;
      readonly holds: boolean;
      readonly isSame: boolean;
    }): Said =>
      said(
        [
          `'${other}' need not have been handed in when '${task}' ${holds ? 'comes up' : 'is reviewed'}, and then nobody is passed over`,
          isSame ? 'name another task' : `put '${other}' under \`after\``,
        ],
        [
          `“${task}”${holds ? '开启' : '送审'}时，“${other}”不一定已经提交，那时就没有人会被跳过`,
          `${isSame ? '改为另一个任务' : `把“${other}”写入 \`after\``}`,
        ],
      ),
  },
  NOTHING_TO_RETURN: {
    main: ({ task }: { readonly task: string }): Said =>
      said(
        [`nobody reviews task '${task}', so it is never returned`, 'add `reviews` to that task, or take this out'],
        [`任务“${task}”无人审核，因而不会被退回`, `给该任务加上 \`reviews\`，或删去此项`],
      ),
  },
  REVIEWER_IS_HOLDER: {
    main: ({ role, task }: { readonly role: string; readonly task: string }): Said =>
      said(
        [`'${role}' both holds and reviews task '${task}'`, 'let another role review it, or give the role a fallback'],
        [`任务“${task}”由“${role}”承担，又由“${role}”审核`, '由其他角色审核，或为该角色指定递补角色'],
      ),
  },
  LADDER_CYCLE: {
    main: ({ id }: { readonly id: string }): Said =>
      said(
        [`ladder '${id}' is a version of itself in the end`, 'let one of them list its own rungs'],
        [`梯级“${id}”最终以自身为基础`, '让其中一个直接列出自己的各档'],
      ),
  },
  RUNGS_OUT_OF_ORDER: {
    main: ({ rung, before }: { readonly rung: string; readonly before: string }): Said =>
      said(
        [`rung '${rung}' speaks before '${before}', which is listed first`, 'list rungs from the earliest to the latest'],
        [`档“${rung}”早于列在它前面的“${before}”`, '由早到晚排列各档'],
      ),
  },
  ESCALATES_EARLY: {
    main: ({ rung, role }: { readonly rung: string; readonly role: string }): Said =>
      said(
        [
          `rung '${rung}' tells '${role}' before the task is overdue`,
          `use \`remind: ${role}\`, \`when: overdue\`, or a time after the deadline`,
        ],
        [`档“${rung}”在任务逾期之前就告知“${role}”`, `改用 \`remind: ${role}\`、\`when: overdue\`，或期限之后的时间`],
      ),
  },
  EMPTY_ACTION: {
    main: ({ action }: { readonly action: string }): Said =>
      said([`action '${action}' has no task`, 'add its tasks'], [`动作“${action}”没有任务`, '补上任务']),
  },
} as const;
