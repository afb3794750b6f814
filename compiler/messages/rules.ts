/** What rules may read and what waits for what. */
import type { Scope } from '../../model/plan.ts';
import { type Said, said, type Words, zhScope } from '../said.ts';

interface Equalled {
  readonly form: string;
  readonly cell: string;
  readonly indicator: string;
}

export const rules = {
  CYCLE: {
    tasks: ({ path }: { readonly path: readonly string[] }): Said =>
      said(
        [`${path.map((id) => `'${id}'`).join(' waits for ')}`, 'take one of these links out'],
        [`${path.map((id) => `“${id}”`).join('等待')}`, '去掉其中一个先后关系'],
      ),
  },
  SCOPE_MISMATCH: {
    circular: ({ role, posts }: { readonly role: string; readonly posts: readonly string[] }): Said =>
      said(
        [
          `a circular goes to a post of every union, and '${role}' is none that the register fills`,
          `send it to ${posts.join(' or ')}`,
        ],
        [`通报发给每个工会的一个职位，而名册不填“${role}”`, `改发给 ${posts.join(' 或 ')}`],
      ),
    bulletin: ({ role, scope }: { readonly role: string; readonly scope: Scope }): Said =>
      said(
        [
          `each ${scope} has its own '${role}', and a bulletin goes to one`,
          'name a role of the campaign, or make it a `circular`',
        ],
        [`每个${zhScope(scope)}各有自己的“${role}”，而简报只发给一处`, '改为全行动的角色，或改用 `circular`'],
      ),
    equalsOfHousehold: ({ form, cell, indicator }: Equalled): Said =>
      said(
        [
          `form '${form}' wants '${cell}' to equal '${indicator}', and a household counts nobody`,
          'use the form for a task of the union or of the campaign',
        ],
        [`表单“${form}”要求“${cell}”等于“${indicator}”，而户不统计任何对象`, '把该表单用于工会级或全行动级任务'],
      ),
    equalsOfUnions: ({ form, cell, indicator, task }: Equalled & { readonly task: string }): Said =>
      said(
        [
          `form '${form}' wants '${cell}' to equal '${indicator}', which counts unions, and task '${task}' belongs to one`,
          'count households, or use the form for a task of the campaign',
        ],
        [
          `表单“${form}”要求“${cell}”等于统计各工会的“${indicator}”，而任务“${task}”只属于一个工会`,
          '改为统计户，或把该表单用于全行动级任务',
        ],
      ),
    withdraw: ({ task }: { readonly task: string }): Said =>
      said(
        [`task '${task}' belongs to the campaign, which cannot leave itself`, 'let a task of a union or a household say so'],
        [`任务“${task}”属于全行动，全行动不能退出自身`, '写在工会级或户级任务上'],
      ),
    again: ({
      task,
      scope,
      other,
      otherScope,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly other: string;
      readonly otherScope: Scope;
    }): Said =>
      said(
        [`task '${task}' of the ${scope} cannot ask for '${other}' of the ${otherScope} again`, 'name a task of the same scope'],
        [`${zhScope(scope)}级任务“${task}”不能使${zhScope(otherScope)}级的“${other}”重新开启`, '改为同一层级的任务'],
      ),
    gateTask: ({
      task,
      found,
      counted,
      waits,
    }: {
      readonly task: string;
      readonly found: Scope;
      readonly counted: Scope;
      readonly waits: boolean;
    }): Said =>
      said(
        [
          `'${task}' is a task of the ${found}, and the gate ${waits ? `waits for the ${counted}` : `counts ${counted}s`}`,
          `name a task of the ${counted}`,
        ],
        [
          `“${task}”是${zhScope(found)}级任务，而该闸门${waits ? '等待' : '统计'}的是${zhScope(counted)}`,
          `改为${zhScope(counted)}级的任务`,
        ],
      ),
    gateAbove: ({ task, scope, counted }: { readonly task: string; readonly scope: Scope; readonly counted: Scope }): Said =>
      said(
        [
          `task '${task}' of the ${scope} has no ${counted} above it to wait for`,
          'the one above is the union of a household, and the campaign of either; count those below with `all` or `share`',
        ],
        [
          `${zhScope(scope)}级任务“${task}”之上没有可以等待的${zhScope(counted)}`,
          `户之上是其工会，工会和户之上是全行动；统计下级请用 \`all\` 或 \`share\``,
        ],
      ),
    gateBelow: ({ task, scope, counted }: { readonly task: string; readonly scope: Scope; readonly counted: Scope }): Said =>
      said(
        [
          `task '${task}' of the ${scope} cannot count ${counted}s`,
          'a gate counts instances below its own: unions of the campaign, households of either',
        ],
        [`${zhScope(scope)}级任务“${task}”不能统计${zhScope(counted)}`, '闸门统计其下级：全行动统计工会或户，工会统计户'],
      ),
    other: ({
      task,
      scope,
      other,
      otherScope,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly other: string;
      readonly otherScope: Scope;
    }): Said =>
      said(
        [`task '${task}' belongs to the ${scope}, and '${other}' to the ${otherScope}`, `name a task of the ${scope}`],
        [`任务“${task}”属于${zhScope(scope)}，而“${other}”属于${zhScope(otherScope)}`, `改为${zhScope(scope)}级的任务`],
      ),
    prefill: ({
      form,
      source,
      sourceScope,
      task,
      scope,
    }: {
      readonly form: string;
      readonly source: string;
      readonly sourceScope: Scope;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [
          `form '${form}' is prefilled from '${source}' of the ${sourceScope}, and task '${task}' belongs to the ${scope}`,
          'prefill it from a task of the same scope',
        ],
        [
          `表单“${form}”从${zhScope(sourceScope)}级任务“${source}”预填，而任务“${task}”属于${zhScope(scope)}`,
          '改从同一层级的任务预填',
        ],
      ),
    fallback: ({
      id,
      scope,
      fallback,
      fallbackScope,
    }: {
      readonly id: string;
      readonly scope: Scope;
      readonly fallback: string;
      readonly fallbackScope: Scope;
    }): Said =>
      said(
        [
          `role '${id}' of the ${scope} falls back on '${fallback}', which each ${fallbackScope} has its own of`,
          'fall back on a role of the same scope or one above it',
        ],
        [
          `${zhScope(scope)}级角色“${id}”由“${fallback}”递补，而每个${zhScope(fallbackScope)}各有一个“${fallback}”`,
          '由同级或上级的角色递补',
        ],
      ),
    admits: ({ task, scope }: { readonly task: string; readonly scope: Scope }): Said =>
      said(
        [`task '${task}' of the ${scope} cannot admit households`, 'let a task of the union admit them'],
        [`${zhScope(scope)}级任务“${task}”不能新增建档`, '由工会级任务新增建档'],
      ),
    rowTask: ({
      task,
      lands,
      target,
      targetScope,
      isSelf,
    }: {
      readonly task: string;
      readonly lands: Scope;
      readonly target: string;
      readonly targetScope: Scope;
      readonly isSelf: boolean;
    }): Said =>
      said(
        [
          `rows of '${task}' make tasks of the ${lands}, and '${target}' belongs to the ${targetScope}`,
          isSelf
            ? 'name a task of the same scope, or the column with the union: `to: { column: … }`'
            : 'name a task of the union',
        ],
        [
          `“${task}”的表行生成${zhScope(lands)}级任务，而“${target}”属于${zhScope(targetScope)}`,
          `${isSelf ? '改为同一层级的任务，或写明工会所在的列：`to: { column: … }`' : '改为工会级任务'}`,
        ],
      ),
    rowsUp: ({ task }: { readonly task: string }): Said =>
      said(
        [`rows of household task '${task}' cannot go to a union`, 'use `to: self`'],
        [`户级任务“${task}”的表行不能送往工会`, `改用 \`to: self\``],
      ),
    target: ({ fact, scope }: { readonly fact: string; readonly scope: Scope }): Said =>
      said(
        [
          `fact '${fact}' belongs to the ${scope}, and targets count households`,
          'use a fact of households; unions are always told apart',
        ],
        [`事实项“${fact}”属于${zhScope(scope)}，而目标统计的是户`, '改用户级事实项；各工会总是分开统计'],
      ),
    ladder: ({
      ladder,
      role,
      roleScope,
      task,
      scope,
    }: {
      readonly ladder: string;
      readonly role: string;
      readonly roleScope: Scope;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [
          `ladder '${ladder}' tells '${role}' of the ${roleScope}, and task '${task}' belongs to the ${scope}`,
          'give the task a ladder that tells roles of its own scope or above',
        ],
        [
          `梯级“${ladder}”告知${zhScope(roleScope)}级的“${role}”，而任务“${task}”属于${zhScope(scope)}`,
          '给该任务换一个只告知同级或上级角色的梯级',
        ],
      ),
    role: ({
      task,
      scope,
      role,
      does,
      roleScope,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly role: string;
      readonly does: string;
      readonly roleScope: Scope;
    }): Said =>
      said(
        [
          `task '${task}' belongs to the ${scope}, and '${role}', who ${does}, to one ${roleScope} among many`,
          `use a role of the ${scope}${scope === 'campaign' ? '' : ' or above'}`,
        ],
        [
          `任务“${task}”属于${zhScope(scope)}，而“${role}”每个${zhScope(roleScope)}各有一个`,
          `改用${zhScope(scope)}级${scope === 'campaign' ? '' : '或上级'}的角色`,
        ],
      ),
    enrolment: said(
      ['how a household was enrolled is history and cannot be set', 'set a fact of your own'],
      ['户是怎样建档的属于历史，不能改写', '另设一个自己的事实项'],
    ),
    sample: ({ task }: { readonly task: string }): Said =>
      said(
        [`task '${task}' belongs to the campaign, of which there is one`, 'take a sample of unions or households'],
        [`任务“${task}”属于全行动，只有一个`, '从工会或户中抽样'],
      ),
    after: ({
      task,
      scope,
      other,
      otherScope,
      isBelow,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly other: string;
      readonly otherScope: Scope;
      readonly isBelow: boolean;
    }): Said =>
      said(
        [
          `task '${task}' of the ${scope} cannot wait for '${other}' of the ${otherScope}`,
          isBelow ? `use a gate: { all: ${otherScope}s, task: ${other} }` : `use a gate: { of: ${otherScope}, task: ${other} }`,
        ],
        [
          `${zhScope(scope)}级任务“${task}”不能等待${zhScope(otherScope)}级的“${other}”`,
          `改用闸门：${isBelow ? `{ all: ${otherScope}s, task: ${other} }` : `{ of: ${otherScope}, task: ${other} }`}`,
        ],
      ),
    afterRows: ({
      other,
      source,
      sourceScope,
      task,
      scope,
    }: {
      readonly other: string;
      readonly source: string;
      readonly sourceScope: Scope;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [
          `'${other}' is also made by rows of '${source}' of the ${sourceScope}, and task '${task}' of the ${scope} cannot know when the last has come`,
          'wait for a task of the same scope',
        ],
        [
          `“${other}”还由${zhScope(sourceScope)}级任务“${source}”的表行生成，${zhScope(scope)}级任务“${task}”无法知道最后一个何时到来`,
          '改为等待同一层级的任务',
        ],
      ),
    assigns: ({
      task,
      scope,
      role,
      roleScope,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly role: string;
      readonly roleScope: Scope;
    }): Said =>
      said(
        [`task '${task}' of the ${scope} cannot fill role '${role}' of the ${roleScope}`, `fill a role of the ${scope}`],
        [
          `${zhScope(scope)}级任务“${task}”不能为${zhScope(roleScope)}级角色“${role}”指定人选`,
          `为${zhScope(scope)}级角色指定人选`,
        ],
      ),
    formFact: ({
      form,
      fact,
      factScope,
      task,
      scope,
    }: {
      readonly form: string;
      readonly fact: string;
      readonly factScope: Scope;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [
          `form '${form}' sets fact '${fact}' of the ${factScope}, and task '${task}' belongs to the ${scope}`,
          `use a form with facts of the ${scope}`,
        ],
        [
          `表单“${form}”设定${zhScope(factScope)}级事实项“${fact}”，而任务“${task}”属于${zhScope(scope)}`,
          `改用${zhScope(scope)}级事实项的表单`,
        ],
      ),
    ownUnion: ({ form, field, task }: { readonly form: string; readonly field: string; readonly task: string }): Said =>
      said(
        [
          `form '${form}' wants '${field}' to be of the own union, and the campaign of task '${task}' has none`,
          'take `union: own` out',
        ],
        [`表单“${form}”的“${field}”须为本工会的人，而全行动级任务“${task}”没有本工会`, `去掉 \`union: own\``],
      ),
    factAnchor: ({
      fact,
      factScope,
      task,
      scope,
    }: {
      readonly fact: string;
      readonly factScope: Scope;
      readonly task: string;
      readonly scope: Scope;
    }): Said =>
      said(
        [`fact '${fact}' belongs to the ${factScope}, and task '${task}' to the ${scope}`, `use a fact of scope ${scope}`],
        [`事实项“${fact}”属于${zhScope(factScope)}，而任务“${task}”属于${zhScope(scope)}`, `改用${zhScope(scope)}级事实项`],
      ),
    taskAnchor: ({
      task,
      scope,
      other,
      otherScope,
    }: {
      readonly task: string;
      readonly scope: Scope;
      readonly other: string;
      readonly otherScope: Scope;
    }): Said =>
      said(
        [
          `the deadline of task '${task}' of the ${scope} cannot follow '${other}' of the ${otherScope}`,
          'count from a task of the same scope',
        ],
        [`${zhScope(scope)}级任务“${task}”的期限不能随${zhScope(otherScope)}级的“${other}”推算`, '改由同一层级的任务推算'],
      ),
    indicator: ({ fact, factScope, scope }: { readonly fact: string; readonly factScope: Scope; readonly scope: Scope }): Said =>
      said(
        [`fact '${fact}' belongs to the ${factScope}, and this indicator counts ${scope}s`, `use a fact of scope ${scope}`],
        [`事实项“${fact}”属于${zhScope(factScope)}，而该指标统计的是${zhScope(scope)}`, `改用${zhScope(scope)}级事实项`],
      ),
    fact: ({ fact, factScope, scope }: { readonly fact: string; readonly factScope: Scope; readonly scope: Scope }): Said =>
      said(
        [`fact '${fact}' belongs to the ${factScope}, and this is about the ${scope}`, `use a fact of scope ${scope}`],
        [`事实项“${fact}”属于${zhScope(factScope)}，而此处涉及${zhScope(scope)}`, `改用${zhScope(scope)}级事实项`],
      ),
  },
  FACT_VALUE_UNKNOWN: {
    member: ({ name, value, near }: { readonly name: string; readonly value: string; readonly near: Words }): Said =>
      said([`'${name}' is never '${value}'`, near.en], [`“${name}”不会是“${value}”`, near.zh]),
    type: ({ name, value, type }: { readonly name: string; readonly value: string; readonly type: Words }): Said =>
      said(
        [`'${name}' is ${type.en} and never '${value}'`, `compare it with ${type.en}`],
        [`“${name}”是${type.zh}，不会是“${value}”`, `与${type.zh}比较`],
      ),
  },
  FACT_TYPE_MISMATCH: {
    roster: ({
      id,
      missing,
      choices,
    }: {
      readonly id: string;
      readonly missing: readonly string[];
      readonly choices: readonly string[];
    }): Said =>
      said(
        [`the register also gives '${id}' the value '${missing.join("', '")}'`, `list all of: ${choices.join(', ')}`],
        [`名册还会给“${id}”这些值：“${missing.join('”、“')}”`, `全部列出：${choices.join('、')}`],
      ),
    cell: ({
      cell,
      gives,
      fact,
      wants,
    }: {
      readonly cell: string;
      readonly gives: string;
      readonly fact: string;
      readonly wants: string;
    }): Said =>
      said(
        [`'${cell}' answers with a ${gives}, and fact '${fact}' is a ${wants}`, 'give both the same type'],
        [`“${cell}”的答案是 ${gives}，而事实项“${fact}”是 ${wants}`, '使两者类型一致'],
      ),
    members: ({
      fact,
      strange,
      choices,
    }: {
      readonly fact: string;
      readonly strange: readonly string[];
      readonly choices: readonly string[];
    }): Said =>
      said(
        [`fact '${fact}' is never '${strange.join("', '")}'`, `its choices are ${choices.join(', ')}`],
        [`事实项“${fact}”不会是“${strange.join('”、“')}”`, `它的选项是 ${choices.join('、')}`],
      ),
    noPerson: ({ fact }: { readonly fact: string }): Said =>
      said([`fact '${fact}' is no person`, 'only a person can take a role'], [`事实项“${fact}”不是人员`, '只有人员才能担任角色']),
    noDate: ({ fact, task }: { readonly fact: string; readonly task: string }): Said =>
      said(
        [`fact '${fact}' is no date, and the deadline of task '${task}' is counted from it`, 'use a fact with `type: date`'],
        [`任务“${task}”的期限由事实项“${fact}”推算，而它不是日期`, `改用 \`type: date\` 的事实项`],
      ),
    noNumber: ({ fact }: { readonly fact: string }): Said =>
      said(
        [`fact '${fact}' is no number`, 'add up a number, or count whom a condition holds of'],
        [`事实项“${fact}”不是数值`, '改为对数值求和，或统计符合条件者的个数'],
      ),
  },
  FACT_NEVER_SET: {
    main: ({ fact }: { readonly fact: string }): Said =>
      said(
        [`conditions read fact '${fact}', and nothing sets it`, 'let a form or an outcome set it, or give it an `initial` value'],
        [`条件读取事实项“${fact}”，却从未有任何地方给它赋值`, `由表单或结果赋值，或给出 \`initial\``],
      ),
  },
  FACT_NOT_IN_FORM: {
    main: ({ form, fact }: { readonly form: string; readonly fact: string }): Said =>
      said(
        [`form '${form}' does not ask for '${fact}'`, `add a field with \`fact: ${fact}\` to the form`],
        [`表单“${form}”没有询问“${fact}”`, `在表单中加入带 \`fact: ${fact}\` 的字段`],
      ),
  },
  ROSTER_FACT_UNKNOWN: {
    main: ({ id, scope }: { readonly id: string; readonly scope: Scope }): Said =>
      said(
        [
          `the register has no '${id}' of a ${scope}`,
          'it has enrolment, fileLevel and class of households, and unionKind of unions',
        ],
        [`名册中没有${zhScope(scope)}级的“${id}”`, '户有 enrolment、fileLevel、class，工会有 unionKind'],
      ),
  },
  CONDITION_TOO_COSTLY: {
    main: ({ cost, most }: { readonly cost: number; readonly most: number }): Said =>
      said(
        [
          `the condition has ${cost} names, values and operators`,
          `a condition may have ${most}; let a form or an outcome set a fact for a part of it`,
        ],
        [`该条件共有 ${cost} 个名称、值和运算符`, `一个条件至多 ${most} 个；其中一部分可由表单或结果设成事实项`],
      ),
  },
  CONDITION_TYPE_MISMATCH: {
    factTable: ({ table }: { readonly table: string }): Said =>
      said(
        [`facts have no table '${table}': only a form counts its rows`, 'let a field of the form be the number, as a fact'],
        [`事实项中没有表“${table}”：只有表单才能数行`, '在表单中用一个字段给出该数，作为事实项'],
      ),
    words: ({ name }: { readonly name: string }): Said =>
      said(
        [
          `'${name}' holds words or several choices, which conditions never see`,
          'ask for a choice, a number, a date, a person or yes and no beside it',
        ],
        [`“${name}”是文字或多选，条件看不到`, '另设一个单选、数值、日期、人员或是否字段'],
      ),
    noOrder: ({ side, type }: { readonly side: Words; readonly type: Words }): Said =>
      said(
        [
          `${side.en} is ${type.en} and has no order: only numbers and dates do`,
          "compare it with == and !=, or with 'in' and a list",
        ],
        [`${side.zh}是${type.zh}，没有大小先后：只有数值和日期才有`, '改用 ==、!=，或用 in 和列表比较'],
      ),
    compared: ({ left, right }: { readonly left: Words; readonly right: Words }): Said =>
      said(
        [`${left.en} is compared with ${right.en}`, 'compare two of the same type'],
        [`把${left.zh}与${right.zh}相比较`, '只比较同一类型的两者'],
      ),
    wanted: ({
      found,
      wanted,
      isOfDates,
    }: {
      readonly found: Words;
      readonly wanted: Words;
      readonly isOfDates: boolean;
    }): Said =>
      said(
        [
          `this is ${found.en}, and ${wanted.en} is wanted here`,
          isOfDates
            ? 'days are added to a date by date + days(n), and two dates give the days between them: a - b'
            : 'only numbers are added, subtracted, multiplied and divided',
        ],
        [
          `这里是${found.zh}，而此处需要${wanted.zh}`,
          isOfDates ? '日期加天数写作 date + days(n)，两个日期之差 a - b 是相隔天数' : '只有数值才能加减乘除',
        ],
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
