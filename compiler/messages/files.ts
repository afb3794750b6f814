/** The files of a definition, and versions of one over another. */
import { type Said, said, type Words } from '../said.ts';

/** Marks of YAML that want a space after them. */
const SPACED: ReadonlySet<string> = new Set([':', ',', '-']);

export const files = {
  FILE_TOO_LARGE: {
    total: ({ bytes, most }: { readonly bytes: number; readonly most: number }): Said =>
      said(
        [`with this file the definition has ${bytes} bytes`, `a definition may have ${most}`],
        [`加上此文件，方案共有 ${bytes} 字节`, `一个方案至多 ${most} 字节`],
      ),
    one: ({ bytes, most }: { readonly bytes: number; readonly most: number }): Said =>
      said(
        [`the file has ${bytes} bytes`, `a file may have ${most}; divide it into several, listed under 'files'`],
        [`文件有 ${bytes} 字节`, `一个文件至多 ${most} 字节；请拆成几个，列在 'files' 中`],
      ),
  },
  NOT_UTF8: {
    main: ({ is }: { readonly is: 'UTF-16' | number }): Said => {
      const byte = typeof is === 'number' ? `0x${is.toString(16).toUpperCase().padStart(2, '0')}` : is;
      return said(
        [
          is === 'UTF-16' ? 'the file is written in UTF-16' : `the file is no text in UTF-8: the byte ${byte} stands here`,
          'save it as UTF-8: editors ask for the encoding when they save',
        ],
        [
          is === 'UTF-16' ? '文件的编码是 UTF-16' : `文件不是 UTF-8 编码的文字：此处的字节是 ${byte}`,
          '另存为 UTF-8 编码：编辑器保存时可选（GBK 等编码不行）',
        ],
      );
    },
  },
  FILE_MISSING: {
    itself: ({ name }: { readonly name: string }): Said =>
      said(
        [`'${name}' is this file itself, which is read anyway`, 'list the other files only'],
        [`“${name}”就是本文件，本来就会读取`, '只列其他文件'],
      ),
    main: ({ name }: { readonly name: string }): Said =>
      said(
        [`there is no file '${name}'`, 'add the file beside this one, or take its name off the list'],
        [`没有文件“${name}”`, '在旁边补上该文件，或从列表中删去'],
      ),
  },
  FILE_NOT_LISTED: {
    main: ({ path, main }: { readonly path: string; readonly main: string }): Said =>
      said(
        [`'${path}' was not read`, `list it under \`files\` in ${main}`],
        [`没有读取“${path}”`, `在 ${main} 的 \`files\` 中列出它`],
      ),
  },
  NESTED_TOO_DEEPLY: {
    main: ({ most }: { readonly most: number }): Said =>
      said(
        [
          `this is nested more than ${most} levels deep`,
          'a definition needs about ten levels; look for a bracket that is not closed',
        ],
        [`此处嵌套超过 ${most} 层`, '方案大约只需十层；检查是否有未闭合的括号'],
      ),
  },
  YAML_SYNTAX: {
    main: ({ why, isParameter }: { readonly why: Words; readonly isParameter: boolean }): Said =>
      said(
        [
          `this is not YAML: ${why.en}`,
          isParameter
            ? "put what holds a parameter in quotes: '${year}-10-12'"
            : 'check indentation, colons and quotes around this place',
        ],
        [`这不是 YAML：${why.zh}`, `${isParameter ? "含有参数的值要加引号：'${year}-10-12'" : '检查此处前后的缩进、冒号和引号'}`],
      ),
    unclosed: ({ mark, closer }: { readonly mark: string; readonly closer: string }): Said =>
      said(
        [`'${mark}' is opened here and not closed`, `write ${closer} where it ends`],
        [`此处的“${mark}”没有闭合`, `在其结尾处补上 ${closer}`],
      ),
    documents: said(
      [
        'a second document begins here (---), and a file holds one',
        'take this line out, or move what follows it into a file of its own',
      ],
      ['此处（---）开始了第二份文档，而一个文件只能有一份', '删去此行，或把其后的内容移到另一个文件'],
    ),
    tab: said(
      ['a tab stands where this line is indented', 'indent by spaces, as the lines around it'],
      ['此行的缩进用了制表符', '改用空格缩进，与前后各行一致'],
    ),
  },
  PUNCTUATION: {
    mark: ({ found, meant }: { readonly found: string; readonly meant: string }): Said =>
      said(
        [
          `'${found}' is a full-width mark, which YAML takes for text`,
          `write the ASCII one: ${meant}${SPACED.has(meant) ? ' and a space after it' : ''}`,
        ],
        [`“${found}”是全角符号，YAML 只当作文字`, `改用半角的 ${meant}${SPACED.has(meant) ? '，其后空一格' : ''}`],
      ),
    noSpace: ({ mark }: { readonly mark: string }): Said =>
      said(
        [`after '${mark}' the space is missing`, `write ${mark} and a space after it`],
        [`“${mark}”之后缺少空格`, `在 ${mark} 之后空一格`],
      ),
    space: said(
      ['this line is indented by a space that is not the plain one', 'indent by plain spaces, as the lines around it'],
      ['此行的缩进用了全角空格或不间断空格', '改用半角空格缩进，与前后各行一致'],
    ),
  },
  YAML_FEATURE_REFUSED: {
    main: ({ feature }: { readonly feature: Words }): Said =>
      said(
        [
          `${feature.en} is not part of the language`,
          'write the value out, or share fields through `parts` and choices through `lists`',
        ],
        [`本语言不支持${feature.zh}`, `直接写出该值，或用 \`parts\` 共享字段、用 \`lists\` 共享选项`],
      ),
  },
  DUPLICATE_KEY: {
    flattened: ({ key }: { readonly key: string }): Said =>
      said(
        [
          `'${key}' has nothing under it, and the keys that follow are given already`,
          `indent '${key}' less, or what is under it more`,
        ],
        [`“${key}”之下没有内容，而其后的键前面已经给过`, `减少“${key}”的缩进，或增加其下各行的缩进`],
      ),
    main: ({ key }: { readonly key: string }): Said =>
      said([`'${key}' is given twice in the same map`, 'keep one of the two'], [`同一映射中“${key}”出现两次`, '只保留一个']),
  },
  SCALAR_SPELLING: {
    main: ({ source, value }: { readonly source: string; readonly value: string }): Said =>
      said(
        [`'${source}' is read as ${value}`, `write ${value}, or put it in quotes if it is text (codes, telephone numbers)`],
        [`“${source}”会读作 ${value}`, `写成 ${value}；若是文字（编号、电话），请加引号`],
      ),
  },
  BASE_MISSING: {
    main: ({ base }: { readonly base: Words }): Said =>
      said(
        [
          `there is no definition ${base.en} within the folder that holds this one`,
          "name the folder of a definition beside this one, such as '../ten-ones'",
        ],
        [`在本方案的上级文件夹之内没有${base.zh}`, "写明本方案旁边的方案文件夹，如 '../ten-ones'"],
      ),
  },
  BASE_NESTED: {
    main: ({ base }: { readonly base: Words }): Said =>
      said(
        [`the base ${base.en} has a base itself`, 'use a base that stands alone'],
        [`${base.zh}本身又有 \`base\``, '改用自成一体的方案'],
      ),
  },
  REMOVE_MISPLACED: {
    beside: ({ key }: { readonly key: string }): Said =>
      said(
        [`'${key}' stands beside \`remove\`, and what is taken out has no more to say`, `take '${key}' out, or \`remove\``],
        [`“${key}”与 \`remove\` 写在一起，而要去掉的东西没有别的可说`, `去掉“${key}”，或去掉 \`remove\``],
      ),
    nothing: said(
      ['the base has nothing here to take out', 'correct the id or key, or take this out'],
      ['基础方案在此处没有可以去掉的东西', '改正标识或键，或删去此处'],
    ),
  },
  UNKNOWN_PARAMETER: {
    setting: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`there is no parameter '${name}' to set`, near.en], [`没有可以设定的参数“${name}”`, near.zh]),
    use: ({ use, near }: { readonly use: string; readonly near: Words }): Said =>
      said([`there is no parameter '${use}'`, near.en], [`没有参数“${use}”`, near.zh]),
  },
  PARAMETER_MISFIT: {
    setting: ({ name, text, kind }: { readonly name: string; readonly text: string; readonly kind: Words }): Said =>
      said(
        [`parameter '${name}' cannot be '${text}'`, `the definition declares ${kind.en}; give another of that kind`],
        [`参数“${name}”不能是“${text}”`, `方案写的是${kind.zh}，请给出同类的值`],
      ),
    sum: ({ name, value, adds }: { readonly name: string; readonly value: string; readonly adds: boolean }): Said =>
      said(
        [
          `parameter '${name}' is '${value}', and nothing can be ${adds ? 'added to' : 'taken from'} it`,
          'count with whole numbers only',
        ],
        [`参数“${name}”是“${value}”，不能再${adds ? '加' : '减'}`, '只能用整数计算'],
      ),
  },
  PARAMETER_MISPLACED: {
    key: ({ key }: { readonly key: string }): Said =>
      said(
        [`'${key}' is a key, and keys are written out`, 'use parameters in values only'],
        [`“${key}”是键，键须直接写出`, '只在值中使用参数'],
      ),
    early: ({ key }: { readonly key: string }): Said =>
      said(
        [`'${key}' is read before parameters are known`, 'write the value out'],
        [`“${key}”在参数确定之前就要读取`, '直接写出该值'],
      ),
  },
} as const;
