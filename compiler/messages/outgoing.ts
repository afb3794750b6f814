/** What leaves by itself: bulletins, and messages in words of their own. */
import { type Said, said, type Words } from '../said.ts';

export const outgoing = {
  BULLETIN_NEVER: {
    main: said(
      ['the bulletin has no day to be issued on', 'let it begin earlier, end later, or come more often'],
      ['该简报没有一天可以发布', '提前开始、推后结束，或提高频次'],
    ),
  },
  UNKNOWN_MESSAGE: {
    main: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`there is no message '${name}'`, near.en], [`没有消息“${name}”`, near.zh]),
  },
  MESSAGE_NEVER: {
    main: ({
      id,
      near,
      purposes,
    }: {
      readonly id: string;
      readonly near: string | undefined;
      readonly purposes: readonly string[];
    }): Said =>
      said(
        [
          `message '${id}' is never sent`,
          near === undefined
            ? `name it by \`text\` of a rung, or after a purpose: ${purposes.join(', ')}`
            : `did you mean '${near}'?`,
        ],
        [
          `消息“${id}”从未发送`,
          near === undefined ? `在某一档的 \`text\` 中使用它，或以用途命名：${purposes.join('、')}` : `是否指“${near}”？`,
        ],
      ),
  },
  MESSAGE_FIELD_UNDECLARED: {
    main: ({ name }: { readonly name: string }): Said =>
      said(
        [`'${name}' is not among what the message uses`, `add it to \`uses\``],
        [`消息的 \`uses\` 中没有“${name}”`, '将其补入 `uses`'],
      ),
  },
  MESSAGE_FIELD_UNUSED: {
    main: ({ name }: { readonly name: string }): Said =>
      said(
        [`no text of the message names '${name}'`, 'name it, or take it out of `uses`'],
        [`消息文本没有用到“${name}”`, '在文本中使用它，或从 `uses` 中删去'],
      ),
  },
  UNKNOWN_MESSAGE_FIELD: {
    main: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`a message has no field '${name}'`, near.en], [`消息没有字段“${name}”`, near.zh]),
  },
  MESSAGE_SYNTAX: {
    main: ({ said: words }: { readonly said: string }): Said =>
      said(
        [`the text cannot be read: ${words}`, 'fields are written {{ task }}'],
        [`无法读取文本：${words}`, '字段写作 {{ task }}'],
      ),
    filter: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`there is no filter '${name}'`, near.en], [`没有过滤器“${name}”`, near.zh]),
    tag: ({ name, near }: { readonly name: string; readonly near: Words }): Said =>
      said([`there is no tag '${name}'`, near.en], [`没有标签“${name}”`, near.zh]),
  },
  PERSONAL_DATA_IN_MESSAGE: {
    main: ({ name, fields }: { readonly name: string; readonly fields: readonly string[] }): Said =>
      said(
        [`'${name}' is personal, and messages carry nothing that is`, `a message may say: ${fields.join(', ')}`],
        [`“${name}”属于个人信息，消息中不得出现`, `消息可用：${fields.join('、')}`],
      ),
    number: said(
      ['the text holds a telephone or identity number', 'take it out: a message says who a task is about by its id alone'],
      ['文本中含有电话或身份证号码', '将其删去：消息只以编号指明对象'],
    ),
    title: said(
      [
        'the title holds a telephone or identity number, and messages and bulletins send it',
        'take it out: a title says what is to be done, not by or for whom',
      ],
      ['标题中含有电话或身份证号码，而消息和简报会发出标题', '将其删去：标题只说明事项，不写明何人'],
    ),
  },
} as const;
