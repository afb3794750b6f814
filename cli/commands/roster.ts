import { defineCommand } from '../command.ts';
import { askForRegister, REGISTER_OPTIONS, RegisterAnswer } from '../register-answer.ts';

export const rosterCommand = defineCommand({
  name: 'roster',
  summary: 'Compares a register with that of a run that goes on, and brings the run to it.',
  about:
    'Without --apply it only shows the differences and what would be done about each. Whoever is new is admitted, households move, a post that another has now is handed over, and with --withdraw-gone whoever is not in the file leaves. What the register said of a household that is there already is not changed by it: such differences are told, with what can be done. Begun again after an interruption, it does the rest.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    file: { kind: 'required', about: 'The whole register: an XLSX file, or a folder of CSV files.' },
  },
  options: {
    withdrawGone: { about: 'Households, unions and people who are not in the file leave. Otherwise they are listed and stay.' },
    ...REGISTER_OPTIONS,
  },
  answer: RegisterAnswer,
  examples: [
    'roster linwei-2020 register.xlsx',
    'roster linwei-2020 register.xlsx --withdraw-gone --reason "register of November" --apply 3f2a…',
  ],
  run: ({ arguments: { run, file }, options: { withdrawGone = false, ...given } }, context) =>
    askForRegister({ run, file, onlyNew: false, withdrawGone, ...given }, context),
});
