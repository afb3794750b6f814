/** Whether each value is what its key wants. */
import { type Said, said, type Words } from '../said.ts';

/** What stands there, and what should. */
const found = ({ shown, wanted }: { readonly shown: Words; readonly wanted: Words }): Said =>
  said([shown.en, wanted.en], [shown.zh, wanted.zh]);

export const shape = {
  UNKNOWN_KEY: {
    main: ({ key, near }: { readonly key: string; readonly near: Words }): Said =>
      said([`'${key}' is not known here`, near.en], [`此处不认识“${key}”`, near.zh]),
    restOfText: ({ key }: { readonly key: string }): Said =>
      said(
        [`'${key}' is not known here`, 'put the text before it in quotes: inside braces a comma ends a text'],
        [`此处不认识“${key}”`, '给它前面的文字加上引号：在花括号中，逗号会结束一段文字'],
      ),
    noColon: ({ text, key }: { readonly text: string; readonly key: string }): Said =>
      said(
        [`'${text}' is not known here`, `after '${key}' a colon and a space are missing`],
        [`此处不认识“${text}”`, `“${key}”之后缺少冒号和空格`],
      ),
  },
  MISSING_KEY: {
    main: ({ owner, key }: { readonly owner: string; readonly key: string | number }): Said =>
      said(
        [`${owner === '' ? '' : `'${owner}' `}lacks '${key}'`, `add '${key}'`],
        [`${owner === '' ? '此处' : `“${owner}”`}缺少“${key}”`, `补上“${key}”`],
      ),
  },
  BASIS_MISSING: {
    main: ({ task }: { readonly task: string }): Said =>
      said(
        [
          `task ${task === '' ? '' : `'${task}' `}does not say what it rests on`,
          "add `basis`: the place in the document such as '六（三）4', `practice` or `house`",
        ],
        [
          `任务${task === '' ? '' : `“${task}”`}没有写明依据`,
          '补上 `basis`：文件中的出处，如“六（三）4”，或 `practice`、`house`',
        ],
      ),
  },
  WRONG_TYPE: {
    noMap: said(
      [
        'the file holds no map of keys and values',
        "begin a main file with 'shigeyi: 1', another with a key such as 'phases:' or 'forms:'",
      ],
      ['文件中没有键和值', '主文件以 shigeyi: 1 开头，其他文件以 phases:、forms: 之类的键开头'],
    ),
    condition: ({ name, want }: { readonly name: string; readonly want: Words }): Said =>
      said([`'${name}' does not hold ${want.en}`, `write ${want.en}`], [`“${name}”之下应为${want.zh}`, `写成${want.zh}`]),
    found,
  },
  VALUE_NOT_ALLOWED: {
    found,
  },
  MALFORMED: {
    factName: ({ id }: { readonly id: string }): Said =>
      said(
        [`a fact cannot be called '${id}'`, 'conditions use this word; choose another name'],
        [`事实项不能叫“${id}”`, '条件要用这个词，请换一个名称'],
      ),
    reserved: ({ id }: { readonly id: string }): Said =>
      said(
        [`'${id}' is a word of the language`, 'assigned items go by it; choose another id'],
        [`“${id}”是语言保留的词`, '交办事项要用这个词，请换一个标识'],
      ),
    found,
  },
  OUT_OF_RANGE: {
    bulletin: ({ times, most }: { readonly times: number; readonly most: number }): Said =>
      said(
        [`the bulletin would be issued ${times} times`, `at most ${most} times`],
        [`该简报会发布 ${times} 次`, `最多 ${most} 次`],
      ),
    rows: ({ table, least, most }: { readonly table: string; readonly least: number; readonly most: number }): Said =>
      said(
        [`table '${table}' wants at least ${least} rows and at most ${most}`, 'exchange or correct the two'],
        [`表“${table}”要求至少 ${least} 行、至多 ${most} 行`, '对调或改正这两个数'],
      ),
    bounds: ({ cell, least, most }: { readonly cell: string; readonly least: number; readonly most: number }): Said =>
      said(
        [`'${cell}' wants at least ${least} and at most ${most}`, 'exchange or correct the two'],
        [`“${cell}”要求不小于 ${least} 且不大于 ${most}`, '对调或改正这两个数'],
      ),
    atMost: ({
      cell,
      atMost,
      type,
      most,
    }: {
      readonly cell: string;
      readonly atMost: number;
      readonly type: string;
      readonly most: number;
    }): Said =>
      said(
        [
          `'${cell}' takes ${atMost} at most, and a ${type} may have ${most}`,
          most === 2000 ? "make it a 'long-text', or less" : 'make it less',
        ],
        [`“${cell}”至多取 ${atMost}，而 ${type} 最多只能有 ${most}`, `${most === 2000 ? '改为 long-text，或调小' : '调小一些'}`],
      ),
    rungs: ({ ladder, count, most }: { readonly ladder: string; readonly count: number; readonly most: number }): Said =>
      said(
        [`ladder '${ladder}' comes to ${count} rungs`, `at least 1, at most ${most}`],
        [`梯级“${ladder}”共有 ${count} 档`, `至少 1 档，至多 ${most} 档`],
      ),
    workingDays: ({ task, count }: { readonly task: string; readonly count: number }): Said =>
      said(
        [`task '${task}' is due ${count} working days after it opens`, 'at least 1'],
        [`任务“${task}”的期限是开启后 ${count} 个工作日`, '至少 1 个'],
      ),
    tasks: ({ count, most }: { readonly count: number; readonly most: number }): Said =>
      said([`the definition has ${count} tasks`, `at most ${most}`], [`方案共有 ${count} 个任务`, `至多 ${most} 个`]),
    files: ({ count, most }: { readonly count: number; readonly most: number }): Said =>
      said(
        [`there are ${count} files of this kind in the folder, and this one is not read`, `at most ${most}`],
        [`此文件夹中这类文件有 ${count} 个，没有读取此文件`, `至多 ${most} 个`],
      ),
    uses: ({ most }: { readonly most: number }): Said =>
      said(
        [`parameters are used more than ${most} times up to here`, 'write some of them out'],
        [`到这里为止，参数已使用超过 ${most} 次`, '把其中一些直接写出'],
      ),
    repeats: ({ task, wanted, most }: { readonly task: string; readonly wanted: number; readonly most: number }): Said =>
      said(
        [`'${task}' would come up ${wanted} times`, `at most ${most}; let it come up less often, or say how many \`times\``],
        [`“${task}”会出现 ${wanted} 次`, `至多 ${most} 次；让它少出现一些，或写明 \`times\``],
      ),
    found,
  },
  CHOOSE_ONE: {
    main: ({ item, wanted }: { readonly item: Words; readonly wanted: Words }): Said =>
      said(
        [`${item.en} must have ${wanted.en}`, 'keep the one that is meant'],
        [`${item.zh}须有${wanted.zh}`, '只保留所要的那一个'],
      ),
  },
} as const;
