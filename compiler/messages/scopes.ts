/** What belongs to another scope than it is asked of (longer than most files because it is a table). */
import type { Scope } from '../../model/plan.ts';
import { type Said, said, zhScope } from '../said.ts';

interface OfTask {
  readonly task: string;
  readonly scope: Scope;
}
/** Another task. */
interface Beside extends OfTask {
  readonly other: string;
  readonly otherScope: Scope;
}
interface WithRole extends OfTask {
  readonly role: string;
  readonly roleScope: Scope;
}
interface WithFact extends OfTask {
  readonly fact: string;
  readonly factScope: Scope;
}
/** The task that something comes from. */
interface WithSource extends OfTask {
  readonly source: string;
  readonly sourceScope: Scope;
}
/** A number that must agree with an indicator. */
interface Equalled {
  readonly form: string;
  readonly cell: string;
  readonly indicator: string;
}

export const scopes = {
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
    again: ({ task, scope, other, otherScope }: Beside): Said =>
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
    other: ({ task, scope, other, otherScope }: Beside): Said =>
      said(
        [`task '${task}' belongs to the ${scope}, and '${other}' to the ${otherScope}`, `name a task of the ${scope}`],
        [`任务“${task}”属于${zhScope(scope)}，而“${other}”属于${zhScope(otherScope)}`, `改为${zhScope(scope)}级的任务`],
      ),
    prefill: ({ form, source, sourceScope, task, scope }: WithSource & { readonly form: string }): Said =>
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
    ladder: ({ ladder, role, roleScope, task, scope }: WithRole & { readonly ladder: string }): Said =>
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
    role: ({ task, scope, role, does, roleScope }: WithRole & { readonly does: string }): Said =>
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
    assignedHolder: ({
      scope,
      role,
      roleScope,
    }: {
      readonly scope: Scope;
      readonly role: string;
      readonly roleScope: Scope;
    }): Said =>
      said(
        [
          `items assigned to a ${scope} cannot be held by '${role}', of whom each ${roleScope} has one`,
          `use a role of the ${scope}${scope === 'campaign' ? '' : ' or above'}`,
        ],
        [
          `交办给${zhScope(scope)}的事项不能由“${role}”承担：它每个${zhScope(roleScope)}各有一个`,
          `改用${zhScope(scope)}级${scope === 'campaign' ? '' : '或上级'}的角色`,
        ],
      ),
    assignedForm: ({ form, cell, key }: { readonly form: string; readonly cell: string; readonly key: string }): Said =>
      said(
        [
          `form '${form}' is that of assigned items, which are of any scope, and \`${key}\` of '${cell}' knows of one`,
          'use a form that asks only',
        ],
        [`表单“${form}”用于交办事项，不分层级，而“${cell}”的 \`${key}\` 只属于某一层级`, '改用只提问的表单'],
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
    after: ({ task, scope, other, otherScope, isBelow }: Beside & { readonly isBelow: boolean }): Said =>
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
    afterRows: ({ other, source, sourceScope, task, scope }: WithSource & { readonly other: string }): Said =>
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
    assigns: ({ task, scope, role, roleScope }: WithRole): Said =>
      said(
        [`task '${task}' of the ${scope} cannot fill role '${role}' of the ${roleScope}`, `fill a role of the ${scope}`],
        [
          `${zhScope(scope)}级任务“${task}”不能为${zhScope(roleScope)}级角色“${role}”指定人选`,
          `为${zhScope(scope)}级角色指定人选`,
        ],
      ),
    formFact: ({ form, fact, factScope, task, scope }: WithFact & { readonly form: string }): Said =>
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
    factAnchor: ({ fact, factScope, task, scope }: WithFact): Said =>
      said(
        [`fact '${fact}' belongs to the ${factScope}, and task '${task}' to the ${scope}`, `use a fact of scope ${scope}`],
        [`事实项“${fact}”属于${zhScope(factScope)}，而任务“${task}”属于${zhScope(scope)}`, `改用${zhScope(scope)}级事实项`],
      ),
    taskAnchor: ({ task, scope, other, otherScope }: Beside): Said =>
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
} as const;
