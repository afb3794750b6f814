/** What the parser of YAML says, in both languages: its own words in English, and ours by its code in Chinese. */
import type { YAMLError } from 'yaml';
import type { Words } from '../said.ts';

type ParserError = Pick<YAMLError, 'code' | 'message'>;

/** Where one code stands for several things, what the parser's words say tells them apart; the first that fits is meant. */
const CHINESE: readonly (readonly [code: YAMLError['code'], words: RegExp, zh: string])[] = [
  ['BAD_INDENT', /mapping items/, '同一映射的各键须从同一列开始'],
  ['BAD_INDENT', /sequence items/, '同一列表的各项须从同一列开始'],
  ['BAD_INDENT', /(?:map|sequence) in block collection/, '括号没有闭合，或括号内的行缩进不够'],
  ['BAD_INDENT', /Flow end/, '右括号的缩进须比其所属的键更深'],
  ['BAD_INDENT', /Block scalar|explicit indentation/, '多行文字的缩进不对'],
  ['BAD_INDENT', /./, '缩进不对'],
  ['MISSING_CHAR', /Missing closing/, '引号没有闭合'],
  ['MISSING_CHAR', /Missing space after/, '冒号之后缺少空格'],
  ['MISSING_CHAR', /Missing , /, '两项之间缺少逗号或冒号'],
  ['MISSING_CHAR', /Implicit map keys/, '键之后没有冒号和值'],
  ['MISSING_CHAR', /without - indicator/, '列表中的这一项缺少“-”'],
  ['MISSING_CHAR', /must end with/, '括号没有闭合'],
  ['MISSING_CHAR', /Comments must/, '注释的 # 之前须有空格'],
  ['MISSING_CHAR', /Tags and anchors/, '标签和锚点之后须有空格'],
  ['MISSING_CHAR', /directives-end/, '指令之后缺少 --- 一行'],
  ['MISSING_CHAR', /./, '缺少一个字符'],
  ['MULTILINE_IMPLICIT_KEY', /./, '键须写在一行之内，其后有冒号'],
  ['BLOCK_AS_IMPLICIT_KEY', /sequence/, '列表不能作键：检查前后各行的缩进'],
  ['BLOCK_AS_IMPLICIT_KEY', /./, '一行之内不能再套映射：同一行有两个“键: 值”'],
  ['BLOCK_IN_FLOW', /./, '括号之内不能用分行缩进的写法，可能缺少逗号'],
  ['UNEXPECTED_TOKEN', /flow-map-end|flow-seq-end/, '多了一个右括号'],
  ['UNEXPECTED_TOKEN', /Unexpected , |empty item|comma/, '多了一个逗号'],
  ['UNEXPECTED_TOKEN', /at node end/, '一个值结束之后又有内容'],
  ['UNEXPECTED_TOKEN', /Block scalar header/, '多行文字的开头（| 或 >）之后又有内容'],
  ['UNEXPECTED_TOKEN', /./, '此处不应有这个内容'],
  ['BAD_SCALAR_START', /./, '没有引号的值不能以这个字符开头'],
  ['TAB_AS_INDENT', /./, '缩进不能用制表符'],
  ['BAD_DQ_ESCAPE', /./, '双引号内的转义写法不对'],
  ['KEY_OVER_1024_CHARS', /./, '键太长'],
  ['BAD_DIRECTIVE', /./, '指令（%…）的写法不对'],
  ['DUPLICATE_KEY', /./, '同一映射中同一个键出现两次'],
  ['NON_STRING_KEY', /./, '键须是文字'],
  ['BAD_ALIAS', /./, '锚点或别名的写法不对'],
  ['ALIAS_PROPS', /./, '别名不能再有别的属性'],
  ['MULTIPLE_ANCHORS', /./, '一个值只能有一个锚点'],
  ['MULTIPLE_TAGS', /./, '一个值只能有一个标签'],
  ['BAD_PROP_ORDER', /./, '标签和锚点的位置不对'],
  ['TAG_RESOLVE_FAILED', /./, '标签无法识别'],
  ['BAD_COLLECTION_TYPE', /./, '标签与其内容的类型不符'],
  ['RESOURCE_EXHAUSTION', /./, '嵌套太深'],
  ['IMPOSSIBLE', /./, '此处无法读取'],
];

export function parserWords({ code, message }: ParserError): Words {
  const known = CHINESE.find(([of, words]) => of === code && words.test(message));
  return { en: message, zh: known?.[2] ?? '此处无法读取' };
}
