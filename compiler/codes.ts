/**
 * Every issue a definition can have (longer than most files because it is a table): code, cause and remedy, in English and Chinese. Codes are stable: they are never renamed and never reused.
 * docs/issue-codes.md is generated from this table.
 */
export interface CodeEntry {
  readonly severity: 'error' | 'warning';
  readonly cause: { readonly en: string; readonly zh: string };
  readonly remedy: { readonly en: string; readonly zh: string };
}

type Words = readonly [en: string, zh: string];
const entry =
  (severity: CodeEntry['severity']) =>
  (cause: Words, remedy: Words): CodeEntry => ({
    severity,
    cause: { en: cause[0], zh: cause[1] },
    remedy: { en: remedy[0], zh: remedy[1] },
  });
const error = entry('error');
const warning = entry('warning');

export const ISSUE_CODES = {
  // The files
  FILE_TOO_LARGE: error(
    ['A file is larger than 1,000,000 bytes.', '文件超过 1,000,000 字节。'],
    ['Divide it into several files listed under `files`.', '拆成几个文件，并在 `files` 中列出。'],
  ),
  NOT_UTF8: error(
    [
      'A file is not text in UTF-8, but in another encoding such as GBK or UTF-16.',
      '文件不是 UTF-8 编码，而是 GBK、UTF-16 等编码。',
    ],
    ['Save it as UTF-8.', '另存为 UTF-8 编码。'],
  ),
  FILE_MISSING: error(
    ['A file listed under `files` is not there, or is the main file itself.', '`files` 中列出的文件不存在，或就是主文件本身。'],
    ['Add the file, or take its name off the list.', '补上该文件，或从列表中删去。'],
  ),
  FILE_NOT_LISTED: warning(
    ['A file was given that `files` does not list; it was not read.', '给出的文件未列入 `files`，没有读取。'],
    ['List it under `files`.', '把它列入 `files`。'],
  ),
  NESTED_TOO_DEEPLY: error(
    ['The text is nested more than 64 levels deep.', '内容嵌套超过 64 层。'],
    ['Look for a bracket that is not closed.', '检查是否有未闭合的括号。'],
  ),
  YAML_SYNTAX: error(
    ['The text is not YAML.', '文本不是合法的 YAML。'],
    ['Check indentation, colons and quotes at the place named.', '检查所指位置的缩进、冒号和引号。'],
  ),
  PUNCTUATION: error(
    [
      'A mark of punctuation is a full-width one, or lacks the space after it: YAML takes it for text.',
      '标点是全角的，或其后缺少空格：YAML 只当作文字。',
    ],
    ['Write the ASCII mark, with a space after a colon, comma or dash.', '改用半角符号；冒号、逗号和“-”之后空一格。'],
  ),
  YAML_FEATURE_REFUSED: error(
    [
      'Anchors, aliases, merge keys, tags and directives of YAML are not part of the language.',
      '不支持 YAML 的锚点、别名、合并键、标签和指令。',
    ],
    ['Write the value out, or share it through `parts` and `lists`.', '直接写出该值，或用 `parts`、`lists` 共享。'],
  ),
  DUPLICATE_KEY: error(
    ['A map gives the same key twice.', '同一映射中同一个键出现两次。'],
    ['Keep one of the two.', '只保留一个。'],
  ),
  SCALAR_SPELLING: error(
    [
      'YAML reads a number or boolean differently from how it is written, such as 010 as 10.',
      'YAML 读出的数或真假值与书写不同，例如 010 读作 10。',
    ],
    ['Write it plainly, or put text such as codes in quotes.', '按读出的值书写；编号、电话等文字请加引号。'],
  ),
  // The shape
  UNKNOWN_KEY: error(
    ['A key is not part of the language at this place.', '此处不认识这个键。'],
    ['Correct its spelling, or take it out.', '改正拼写，或删去。'],
  ),
  MISSING_KEY: error(['A key that is needed is not there.', '缺少必需的键。'], ['Add it.', '补上该键。']),
  BASIS_MISSING: error(
    ['A task does not say what it rests on.', '任务没有写明依据。'],
    [
      'Give `basis`: the place in the document, `practice` or `house`.',
      '填写 `basis`：文件中的出处，或 `practice`（惯例）、`house`（本系统约定）。',
    ],
  ),
  WRONG_TYPE: error(
    ['A value is of another type than expected, such as a list in place of a word.', '值的类型不对，例如应为文字却给了列表。'],
    ['Write the kind of value the message names.', '按提示改成相应类型的值。'],
  ),
  VALUE_NOT_ALLOWED: error(
    ['A word is not one of those allowed here.', '此处不允许这个词。'],
    ['Choose one of the words listed.', '从列出的词中选一个。'],
  ),
  MALFORMED: error(
    [
      'A value is not written as its kind must be: a date that does not exist, an id with capitals.',
      '值的写法不符合要求，如不存在的日期、含大写字母的标识。',
    ],
    ['Write it as the message shows.', '按提示的格式书写。'],
  ),
  OUT_OF_RANGE: error(
    ['A number, text or list is larger or smaller than allowed.', '数值、文字或列表超出允许范围。'],
    ['Keep within the bounds named.', '控制在所示范围之内。'],
  ),
  CHOOSE_ONE: error(
    ['Of several keys exactly one must be given.', '几个键中必须且只能给出一个。'],
    ['Keep the one that is meant.', '只保留所要的那一个。'],
  ),
  // Parameters and bases
  UNKNOWN_PARAMETER: error(
    ['A parameter is used or set that `parameters` does not declare.', '所用或所设的参数未在 `parameters` 中声明。'],
    ['Declare it in the main file, or correct its spelling.', '在主文件中声明，或改正拼写。'],
  ),
  PARAMETER_MISPLACED: error(
    [
      'A parameter stands where none can: in a key, or in `files`, `base` or `parameters` itself.',
      '参数用在了不能使用之处：键名，或 `files`、`base`、`parameters` 之内。',
    ],
    ['Write the value out.', '直接写出该值。'],
  ),
  PARAMETER_MISFIT: error(
    [
      'A value set for a parameter is of another kind than the one declared, or a parameter that is no whole number is counted with.',
      '为参数所设的值与声明的类型不同，或对并非整数的参数作加减。',
    ],
    ['Give a value of the same kind; count with whole numbers only.', '给出同类的值；只对整数作加减。'],
  ),
  BASE_MISSING: error(
    [
      '`base` names no definition within the folder that holds this one.',
      '`base` 所指之处没有方案，或超出本方案所在的上级文件夹。',
    ],
    ['Name the folder of a definition beside this one.', '改为与本方案并列的方案文件夹。'],
  ),
  BASE_NESTED: error(
    ['The base of a definition has a base itself, or is the definition itself.', '所依据的方案自己又有依据，或就是本方案。'],
    ['Use a base that stands alone.', '改用独立的方案作依据。'],
  ),
  REMOVE_MISPLACED: error(
    [
      '`remove: true` stands where the base has nothing to take out, or beside other keys.',
      '`remove: true` 所指的内容在依据的方案中不存在，或与其他键并列。',
    ],
    ['Correct the id or key, or take `remove` out.', '改正标识或键名，或删去 `remove`。'],
  ),
  // Names
  DUPLICATE_ID: error(
    ['An id is used twice for the same kind of thing.', '同类事物的标识重复。'],
    ['Give each its own id.', '各取不同的标识。'],
  ),
  UNKNOWN_ROLE: error(
    ['A role is named that `roles` does not define.', '所用角色未在 `roles` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_FORM: error(
    ['A form is named that `forms` does not define.', '所用表单未在 `forms` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_TASK: error(
    ['A task is named that no action has.', '所指任务不存在。'],
    ['Correct its spelling, or add the task.', '改正拼写，或补上任务。'],
  ),
  UNKNOWN_FACT: error(
    ['A fact is named that `facts` does not define.', '所用事实项未在 `facts` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_LADDER: error(
    ['A ladder is named that `ladders` does not define.', '所用催办梯级未在 `ladders` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_TABLE: error(
    ['A rule for rows names a table that the task’s form does not have.', '行规则所指的表不在该任务的表单中。'],
    ['Name a table of that form.', '改为该表单中的表。'],
  ),
  UNKNOWN_COLUMN: error(
    ['A column is named that the table does not have.', '所指的列不在表中。'],
    ['Name a column of that table.', '改为该表中的列。'],
  ),
  UNKNOWN_FIELD: error(
    ['A condition in a form names a field that the form does not have.', '表单中的条件引用了不存在的字段。'],
    ['Name a field of the same form.', '改为同一表单中的字段。'],
  ),
  UNKNOWN_INDICATOR: error(
    ['An indicator is named that `indicators` does not define.', '所用指标未在 `indicators` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_PHASE: error(
    ['A phase is named that `phases` does not have.', '所指阶段不在 `phases` 中。'],
    ['Correct its spelling, or write a date.', '改正拼写，或写日期。'],
  ),
  UNKNOWN_LIST: error(
    ['A list of choices is named that `lists` does not define.', '所用选项表未在 `lists` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNKNOWN_PART: error(
    ['A part is named that `parts` does not define.', '所用字段组未在 `parts` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  UNUSED: warning(
    ['Something is defined and never used.', '定义了却从未使用。'],
    ['Use it, or take it out.', '使用它，或删去。'],
  ),
  // Dates
  NO_PHASES: error(
    ['The definition has no phase.', '没有任何阶段。'],
    ['Add `phases` with their dates and actions.', '补上 `phases` 及其日期和动作。'],
  ),
  DATES_REVERSED: error(
    ['A phase ends before it starts.', '阶段的结束日期早于开始日期。'],
    ['Exchange or correct the dates.', '对调或改正日期。'],
  ),
  PHASES_OVERLAP: error(
    ['A phase starts before the one before it has ended.', '阶段与前一阶段的日期重叠。'],
    ['Let it start on the day after, or later.', '改为前一阶段结束次日或以后开始。'],
  ),
  PHASES_OUT_OF_ORDER: error(
    ['A phase starts before the one listed before it starts.', '阶段没有按日期先后排列。'],
    ['List phases in the order of their dates.', '按日期先后排列各阶段。'],
  ),
  DATE_OUTSIDE_CAMPAIGN: error(
    ['A date lies outside the phase or campaign it belongs to.', '日期超出所属阶段或行动的起止范围。'],
    ['Choose a date within the bounds named.', '改为所示范围内的日期。'],
  ),
  CAMPAIGN_TOO_LONG: error(
    ['The campaign lasts longer than three years.', '行动期限超过三年。'],
    ['Divide it into several campaigns.', '拆分为几个行动。'],
  ),
  UNKNOWN_ZONE: error(
    ['The time zone is not one of the IANA data base.', '时区不在 IANA 时区库中。'],
    ['Write it as in Asia/Shanghai.', '写法如 Asia/Shanghai。'],
  ),
  UNKNOWN_CALENDAR: error(
    ['There is no calendar of that name.', '没有这个名称的日历。'],
    ['Name one of the calendars under definitions/calendars.', '改为 definitions/calendars 中的日历。'],
  ),
  CALENDAR_YEAR_UNKNOWN: error(
    [
      'The campaign, or the working days counted after it, reach a year for which the calendar has no data. Holidays are never guessed.',
      '行动日期（或其后须推算的工作日）涉及日历尚无数据的年份；节假日绝不推测。',
    ],
    [
      'Add the year to the calendar when the State Council has published it, or choose other dates.',
      '待国务院公布后补充该年数据，或调整日期。',
    ],
  ),
  NO_WORKING_DAY: warning(
    [
      'A phase has no working day, or a task is due before the first of its phase.',
      '阶段内没有工作日，或任务的期限早于阶段的第一个工作日。',
    ],
    ['Check its dates against the calendar.', '对照日历核对日期。'],
  ),
  STARTS_MALFORMED: error(
    ['The date to start on (`--starts`) is not a date.', '指定的开始日期（`--starts`）不是有效日期。'],
    ['Write it YYYY-MM-DD.', '按 YYYY-MM-DD 书写。'],
  ),
  LATER_PHASE: error(
    ['A task waits for one of a later phase.', '任务要等后面阶段的任务完成。'],
    ['Move one of the two to another phase.', '把其中一个移到别的阶段。'],
  ),
  CLOSES_BEFORE_DUE: error(
    ['A task ends with its phase although it is due later.', '任务随阶段结束而终止，期限却在其后。'],
    ['Take `atEnd: close` out, or bring the date forward.', '去掉 `atEnd: close`，或提前日期。'],
  ),
  DUE_AFTER_PHASE: warning(
    [
      'A task is due on a date after the end of its phase, and does not say that it goes on then.',
      '任务的期限日期在其阶段结束之后，又没有写明它会延续。',
    ],
    [
      'Put it into the phase of its deadline, bring the date forward, or write `atEnd: late` (or `hold`) where that is meant.',
      '移到期限所在的阶段，或提前日期；若有意如此，写明 `atEnd: late`（或 `hold`）。',
    ],
  ),
  DUE_BEFORE_OPENING: error(
    ['A deadline would always lie before the task can open.', '期限必然早于任务的开始。'],
    ['Count forwards, or less far back.', '改为向后推算，或少往前推。'],
  ),
  ANCHOR_TOO_LATE: error(
    [
      'A deadline is counted from something that is known only once the task itself is done.',
      '期限的起算点要等该任务本身完成之后才会知道。',
    ],
    ['Count from something that comes before it.', '改从在它之前发生的事项起算。'],
  ),
  WORKING_HOURS_UNKNOWN: error(
    [
      'Working hours are counted, and the definition does not say which hours are worked.',
      '按工作时数推算，却没有写明工作时间。',
    ],
    ['Add `hours` with `work` to the main file.', '在主文件中写明 `hours` 的 `work`。'],
  ),
  HOURS_OUT_OF_ORDER: error(
    [
      'Working hours overlap or end before they begin, or quiet hours never end.',
      '工作时间重叠或先后颠倒，或免打扰时间首尾相接。',
    ],
    ['List spans of one day in their order.', '按先后写出一天之内互不重叠的时段。'],
  ),
  AGAIN_UNFIT: error(
    [
      'An outcome asks again for a task that rows make, or that repeats anyway.',
      '结果要求重做的任务由表行生成，或本来就会重复。',
    ],
    ['Name a task that comes up once.', '改为只开启一次的任务。'],
  ),
  REPEATS_DO_NOT_FIT: error(
    ['A task shall come up more often than its phase has room for.', '任务重复的次数超出其阶段所能容纳。'],
    ['Let it come up less often, or make the phase longer.', '减少次数，或延长阶段。'],
  ),
  REPEATS_DUE: error(
    ['A task that comes up on several days is due on a single one.', '按日程重复的任务却只有一个固定期限。'],
    ['Count the deadline from its opening, or leave `due` out.', '改为从开启之日起算，或不写 `due`。'],
  ),
  // Rules
  CYCLE: error(
    ['Tasks wait for each other in a circle.', '任务相互等待，形成循环。'],
    ['Take one of the links out.', '去掉其中一个先后关系。'],
  ),
  LADDER_CYCLE: error(
    ['Ladders are versions of each other in a circle.', '催办梯级的继承形成循环。'],
    ['Let one of them list its own rungs.', '让其中一个直接列出各级。'],
  ),
  UNKNOWN_RUNG: error(
    ['A version of a ladder leaves a rung out that the ladder does not have.', '所去掉的一级不在被继承的梯级中。'],
    ['Name a rung of that ladder.', '改为该梯级中的一级。'],
  ),
  NOTHING_TO_RETURN: error(
    ['A rule is about returns of a task that nobody reviews.', '规则涉及退回，而该任务无人审核。'],
    ['Add `reviews` to that task, or take the rule out.', '为该任务加上 `reviews`，或删去该规则。'],
  ),
  ROLE_CYCLE: error(
    ['Roles fall back on each other in a circle.', '角色的递补关系形成循环。'],
    ['Let the chain end at the highest role.', '让递补止于最高一级角色。'],
  ),
  SCOPE_MISMATCH: error(
    [
      'Something of another scope is named that an instance of this scope cannot see: a task elsewhere, a role or fact of a narrower scope.',
      '引用了本层级看不到的内容：别处的任务，或更低层级的角色、事实项。',
    ],
    [
      'Use what belongs to the same scope; to wait for unions or households, use a gate.',
      '改用同一层级的内容；要等各工会或各户完成，请用 `gate`。',
    ],
  ),
  FACT_VALUE_UNKNOWN: error(
    ['A value is not one that the fact can have.', '该事实项不会有这个值。'],
    ['Use one of its choices.', '改为其选项之一。'],
  ),
  FACT_TYPE_MISMATCH: error(
    ['A field’s answers do not fit the fact they become.', '字段的答案与其对应的事实项类型不符。'],
    ['Give both the same type and choices.', '使两者类型和选项一致。'],
  ),
  FACT_NEVER_SET: error(
    ['A condition reads a fact that nothing ever sets.', '条件所读的事实项从未被赋值。'],
    ['Let a form or an outcome set it, or give it an initial value.', '由表单或结果赋值，或给出初始值。'],
  ),
  FACT_NOT_IN_FORM: error(
    ['A task uses an answer that its form does not ask for.', '任务所用的答案不在其表单中。'],
    ['Add a field with this fact to the form.', '在表单中加入对应该事实项的字段。'],
  ),
  ROSTER_FACT_UNKNOWN: error(
    ['A fact comes `from: roster` which the register does not have.', '名册中没有这个事实项。'],
    ['Of households: enrolment, fileLevel, class; of unions: unionKind.', '户：enrolment、fileLevel、class；工会：unionKind。'],
  ),
  ROW_TASK_WITHOUT_SOURCE: error(
    [
      'A task takes its date or holder from a row, but no `rows` rule makes it.',
      '任务的期限或责任人取自表行，却没有 `rows` 规则生成它。',
    ],
    ['Name it in a `rows` rule, or give it a date and a role.', '在 `rows` 规则中指定它，或写明日期和角色。'],
  ),
  ROW_TASK_NEEDS_DUE: error(
    [
      'A row makes a task that takes its date from the row, but the table names no column for it.',
      '表行生成的任务取行内期限，但该表未指定期限列。',
    ],
    ['Give the table `rowDue`, or the task another `due`.', '为该表指定 `rowDue`，或改写任务的 `due`。'],
  ),
  ROW_TASK_NEEDS_HOLDER: error(
    [
      'A row makes a task that is held by a person of the row, but the table names no column for it.',
      '表行生成的任务由行内人员负责，但该表未指定责任人列。',
    ],
    ['Give the table `rowHolder`, or the task a role.', '为该表指定 `rowHolder`，或给任务指定角色。'],
  ),
  ROW_TASK_RULE: error(
    [
      'Something does not apply to a task made by rows: a gate, a condition, being counted.',
      '由表行生成的任务不适用此项，如闸门、条件、计数。',
    ],
    ['Take it out, or put it on the task whose rows make this one.', '删去，或写在生成它的任务上。'],
  ),
  ROW_COLUMN_OPTIONAL: error(
    ['A column that tasks made by rows depend on may be left empty.', '表行生成任务所依赖的列允许留空。'],
    ['Take `required: false` out.', '去掉 `required: false`。'],
  ),
  ADMISSION_COLUMNS: error(
    ['A table that admits households lacks columns of the register.', '新增建档的表缺少名册所需的列。'],
    ['Add the columns named.', '补上所列的列。'],
  ),
  CHOICES_MISPLACED: error(
    ['A choice has no choices, or another type has some.', '选择型字段没有选项，或其他类型却给了选项。'],
    ['Give `choices` exactly to choice and choices.', '只为选择型字段给出 `choices`。'],
  ),
  UNKNOWN_MESSAGE: error(
    ['A message is named that `messages` does not define.', '所用消息未在 `messages` 中定义。'],
    ['Define it, or correct its spelling.', '补充定义，或改正拼写。'],
  ),
  MESSAGE_NEVER: error(
    ['A message is neither called after a purpose nor named by a rung.', '消息既未以用途命名，也没有哪一档使用它。'],
    [
      'Name it by `text` of a rung, call it after a purpose, or take it out.',
      '在某一档的 `text` 中使用它，或以用途命名，或删去。',
    ],
  ),
  MESSAGE_SYNTAX: error(
    [
      'The text of a message cannot be read, or has a filter or a tag that there is not.',
      '消息文本无法读取，或用了没有的过滤器、标签。',
    ],
    ['Correct it; docs/definition.md lists what there is.', '改正；可用的写法见 docs/definition.md。'],
  ),
  UNKNOWN_MESSAGE_FIELD: error(
    ['A message names a field that messages do not have.', '消息用了不存在的字段。'],
    ['Correct its spelling; docs/definition.md lists the fields.', '改正拼写；字段见 docs/definition.md。'],
  ),
  MESSAGE_FIELD_UNDECLARED: error(
    ['The text of a message names a field that its `uses` does not declare.', '消息文本用了 `uses` 未声明的字段。'],
    ['Add it to `uses`, or take it out of the text.', '补入 `uses`，或从文本中删去。'],
  ),
  MESSAGE_FIELD_UNUSED: warning(
    ['A message declares a field that neither of its texts names.', '消息的 `uses` 声明了两种文本都没有用到的字段。'],
    ['Name it, or take it out of `uses`.', '在文本中使用它，或从 `uses` 中删去。'],
  ),
  PERSONAL_DATA_IN_MESSAGE: error(
    [
      'A message would carry personal data: an answer, a fact of a household, a name, or a number written out.',
      '消息会带出个人信息：表单内容、户的事实项、姓名，或写明的号码。',
    ],
    ['Take it out: a message carries titles, ids, dates and counts.', '将其删去：消息只含标题、编号、日期和数目。'],
  ),
  BULLETIN_NEVER: error(
    ['Between its first and its last day a bulletin has no instant to be issued at.', '简报在起止日期之间没有一个发布时刻。'],
    ['Let it begin earlier, end later, or come more often.', '提前开始、推后结束，或提高频次。'],
  ),
  INDICATOR_MISFIT: error(
    [
      'An indicator has a member that its kind does not take: `when` or `sum` without `of`, `phase` where no tasks are counted, a ratio of a ratio.',
      '指标的成员与其类别不符：没有 `of` 却有 `when` 或 `sum`，不统计任务却按 `phase` 分，或比率之比率。',
    ],
    ['Take it out, or choose another kind of indicator.', '删去，或换一类指标。'],
  ),
  NOT_FOR_THIS_TYPE: error(
    ['An option does not apply to a field of this type.', '该选项不适用于此类型的字段。'],
    ['Take it out, or change the type.', '删去，或更改类型。'],
  ),
  PRIVACY_TOO_LOW: error(
    [
      'Identity or telephone numbers are declared open to everybody, or a prefilled field is more open than what it comes from.',
      '身份证号或电话被标为公开，或预填字段比其来源更公开。',
    ],
    ['Use the class that the message names.', '改为提示的级别。'],
  ),
  PREFILL_UNKNOWN: error(
    [
      'A field is prefilled from something that is not there: the register does not have it, or rows make it.',
      '预填内容没有来源：名册中没有，或其任务由表行生成。',
    ],
    [
      'Name a field of the register, in a form of households; or a field of a task that comes up once.',
      '改为名册中的字段（仅用于户级表单），或只出现一次的任务中的字段。',
    ],
  ),
  NO_ONE_TO_HOLD: error(
    [
      'A task or review is for somebody else than whoever did another task, and every role up the chain of fallbacks is one that did it; or neither the register nor a task ever fills a role of that chain.',
      '任务或审核须由另一任务经办人以外的人承担，但顺次替补的角色都经办过那项任务；或名册和任务都不为这些角色指定人选，找不到人。',
    ],
    ['Give the role a fallback, or name another role.', '给角色设替补，或换一个角色。'],
  ),
  NOT_DONE_BEFORE: warning(
    [
      '`not` names a task that need not have been handed in when somebody is chosen; then nobody is passed over.',
      '`not` 所指任务在选定承担人时未必已提交，那时不会回避任何人。',
    ],
    ['Put that task under `after`.', '把那项任务写入 `after`。'],
  ),
  PREFILL_TYPE_MISMATCH: error(
    [
      'A field is prefilled from an earlier form’s field of another type or with other choices.',
      '预填字段与来源字段的类型或选项不一致。',
    ],
    ['Give both the same type and choices.', '使两者类型和选项一致。'],
  ),
  PREFILL_MAY_BE_EMPTY: warning(
    ['A form is prefilled from a task that need not be done by then.', '预填内容来自此时未必已完成的任务。'],
    ['Let the task wait for it, or expect a blank.', '让任务等待它完成，否则可能为空。'],
  ),
  NO_ONE_TO_TELL: error(
    [
      'A ladder tells the role that holds the task, and no role stands above it; or a role that nobody ever fills.',
      '催办对象就是责任人自己，且其上没有递补角色；或所告知的角色始终无人。',
    ],
    ['Give the role a fallback, or the task another ladder.', '为该角色指定上一级，或给任务换一个梯级。'],
  ),
  REVIEWER_IS_HOLDER: error(
    [
      'The role that reviews is the role that holds the task, and no role stands above it.',
      '审核人就是责任人，且其上没有递补角色。',
    ],
    ['Let another role review.', '由其他角色审核。'],
  ),
  RUNGS_OUT_OF_ORDER: error(
    ['The rungs of a ladder are not in the order in which they speak.', '梯级没有按先后排列。'],
    ['List them from the earliest to the latest.', '由早到晚排列。'],
  ),
  ESCALATES_EARLY: error(
    ['A rung tells a superior before the task is overdue.', '任务未逾期就上报。'],
    ['Use `remind`, or a day after the deadline.', '改用 `remind`，或改到期限之后。'],
  ),
  ROLE_NEVER_FILLED: warning(
    [
      'The register has no such role and no task fills it, so it stays vacant and its fallback acts.',
      '名册中没有此角色，也没有任务指定人选，将始终空缺并由上一级递补。',
    ],
    ['Use a role of the register, or fill it by `assigns`.', '改用名册中的角色，或用 `assigns` 指定人选。'],
  ),
  CONDITION_UNREADABLE: error(
    [
      'A condition in CEL cannot be read, or asks for more than conditions can do.',
      'CEL 条件无法读取，或超出条件所能表达的范围。',
    ],
    [
      "Compare names with values and join them by &&, || and !: `outcome == 'assist' && income < 800`.",
      '用 &&、||、! 连接名称与值的比较。',
    ],
  ),
  CONDITION_TYPE_MISMATCH: error(
    [
      'A condition reckons or compares things of different types, orders what has no order, or reads words.',
      '条件中参与运算或比较的类型不一致、对没有大小顺序的内容比较大小，或读取了文字内容。',
    ],
    ['Compare numbers with numbers, dates with dates, and choices with their members.', '数与数、日期与日期、选项与选项比较。'],
  ),
  CONDITION_TOO_COSTLY: error(
    ['A condition has more than 200 names, values and operators.', '条件中的名称、值和运算符超过 200 个。'],
    ['Let a form or an outcome set a fact for a part of it.', '把其中一部分交由表单或结果设为一个事实项。'],
  ),
  HOLDS_NOTHING: warning(
    [
      'A task holds its phase open, and no task of a later phase would wait for it.',
      '任务使其阶段不结束，但后面的阶段没有须等待它的任务。',
    ],
    ['Use `atEnd: late`.', '改用 `atEnd: late`。'],
  ),
  // What it cannot mean
  TASK_UNREACHABLE: warning(
    [
      'A task waits for one that can never come up; or for one whose doing makes everybody leave, or whose condition excludes its own.',
      '任务等待的任务永远不会开启；或完成它即退出行动，或其条件与自身的条件互相排斥。',
    ],
    ['Let that one come up, do not wait for it, or change the condition.', '使其能够开启，不再等待它，或修改条件。'],
  ),
  GATE_NEVER_OPENS: warning(
    [
      'A gate waits for a task that can never come up, and no day opens it.',
      '闸门等待的任务永远不会开启，也没有规定打开的日期。',
    ],
    ['Name a task that comes up, or give `noLaterThan`.', '改为会开启的任务，或写明 `noLaterThan`。'],
  ),
  GATE_MAY_STAY_SHUT: warning(
    [
      'A gate counts a task that some may wait for to the last day, since its condition, or that of a task before it, need not come to hold; and no day opens it.',
      '闸门所统计的任务，其条件（或其前置任务的条件）可能始终不成立，有的户或工会会一直等待；闸门又没有规定打开的日期。',
    ],
    ['Give `noLaterThan`, or count a task that comes up for everybody.', '写明 `noLaterThan`，或改为统计人人都会开启的任务。'],
  ),
  AGAIN_WITHOUT_END: warning(
    [
      'A task asks for itself again, or tasks for each other, and no condition ever ends it: it comes up until it has been asked for nine times.',
      '任务要求重做自己，或几个任务互相要求重做，而没有任何条件使其结束：会一直重来，直到满九次。',
    ],
    ['Say with `when` which answer asks for it again.', '用 `when` 写明哪种答案才要求重做。'],
  ),
  CONDITION_NEVER: warning(
    [
      'A condition holds in no case: it contradicts itself, or asks for values that its facts or fields never have.',
      '条件在任何情况下都不成立：自相矛盾，或所要求的值从不出现。',
    ],
    ['Ask for what may be, or take out what it belongs to.', '改为可能的值，或删去该条件所属的内容。'],
  ),
  CONDITION_ALWAYS: warning(
    ['A condition holds in every case.', '条件在任何情况下都成立。'],
    ['Leave it out, or ask for less.', '删去该条件，或缩小范围。'],
  ),
  BRANCH_MISSING: warning(
    [
      'A form asks for a choice. Something follows for several of its members, and nothing for another.',
      '表单中的某个选项没有后续，而其他几个选项都有。',
    ],
    [
      'Add a task, a review or an outcome for it. Where nothing shall follow, an outcome that sets a fact says so.',
      '为其补上任务、审核或结果；若确无后续，用一个设置事实项的结果写明。',
    ],
  ),
  RUNG_NEVER_SPEAKS: warning(
    [
      'A rung always falls before whatever uses its ladder can begin, where it is dropped; or after the last day that the plan knows. Or a task is left without any reminder up to its deadline by it.',
      '某一档总早于使用该梯级的任务或审核的开始，不会发出；或晚于计划所知的最后一日；或使某任务在期限之前没有任何催办。',
    ],
    ['Let it speak nearer the deadline, name another ladder, or take it out.', '使其更靠近期限，改用别的梯级，或删去。'],
  ),
  REMINDER_AFTER_DEADLINE: warning(
    [
      'A reminder falls into quiet hours that last beyond the deadline, so it is sent when that is over.',
      '催办落在免打扰时段内，而该时段延续到期限之后，因此发出时期限已过。',
    ],
    ['Let it speak earlier, before the quiet hours begin, or let them end sooner.', '提前到免打扰时段开始之前，或缩短该时段。'],
  ),
  EMPTY_ACTION: warning(['An action has no task.', '动作下没有任务。'], ['Add its tasks.', '补上任务。']),
} as const satisfies Record<string, CodeEntry>;

export type IssueCode = keyof typeof ISSUE_CODES;

/** The page docs/issue-codes.md: a section for each code, so that each has an address of its own. */
export function renderCodesPage(): string {
  const sections = Object.entries(ISSUE_CODES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, cause, remedy }]) => [
      `## ${code}`,
      '',
      ...(severity === 'warning' ? ['A warning.', ''] : []),
      `- ${cause.en} ${remedy.en}`,
      `- ${cause.zh}${remedy.zh}`,
      '',
    ]);
  const head = [
    '# Issues of a definition',
    '',
    'Checking a definition reports all of its issues at once, each with file, line, column, the value found, and what to do. The codes are',
    'stable. An error keeps the definition from being compiled; a warning does not.',
    '',
    'Generated from `compiler/codes.ts` by `scripts/generate-issue-codes.mjs`; a test compares the two. `definitions/invalid` has an example of each.',
    '',
  ];
  return [...head, ...sections.flat()].join('\n');
}
