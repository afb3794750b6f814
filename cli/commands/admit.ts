import { defineCommand } from '../command.ts';
import { askForRegister, REGISTER_OPTIONS, RegisterAnswer } from '../register-answer.ts';

export const admitCommand = defineCommand({
  name: 'admit',
  summary: 'Takes new households, unions and people of a file into a run that goes on.',
  about:
    'Without --apply it only shows who would be taken. Whoever is in the run already stays as they are. The file may be a part of a register: households of unions that the run has need nobody else. They begin by the rules of the definition for whoever joins late.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    roster: { value: 'file', about: 'A register or a part of one: an XLSX file, or a folder of CSV files.', required: true },
    ...REGISTER_OPTIONS,
  },
  answer: RegisterAnswer,
  examples: [
    'admit linwei-2020 --roster found-later.xlsx',
    'admit linwei-2020 --roster found-later/ --reason "second sweep" --apply now',
  ],
  run: ({ arguments: { run }, options: { roster: file, ...given } }, context) =>
    askForRegister({ run, file, onlyNew: true, withdrawGone: false, ...given }, context),
});
