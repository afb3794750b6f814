/** Conditions in words, with what each fact may be and where it comes from. */
import { factsReadBy } from '../model/condition.ts';
import type { Cell, FormSpec } from '../model/form.ts';
import type { Comparison, Condition, Expression, FactSpec, FactValue, Plan, Title } from '../model/plan.ts';
import { type Named, titleOf } from './explain-names.ts';

export interface ConditionExplanation {
  readonly words: string;
  readonly facts: readonly FactExplanation[];
}

export interface FactExplanation {
  readonly fact: string;
  /** What it may be: the members of a choice with their titles, or its type. */
  readonly choices: readonly string[];
  /** Given by the register when the household or union is enrolled. */
  readonly fromRegister: boolean;
  /** Its value at enrolment, where the register gives none. */
  readonly initial: FactValue;
  /** Tasks whose answers or outcomes set it. */
  readonly setBy: readonly Named[];
}

/** A condition, or null where there is none. */
export function explainCondition(plan: Plan, condition: Condition | undefined): ConditionExplanation | null {
  if (condition === undefined) return null;
  return { words: inWords(plan, condition), facts: factsReadBy(condition).map((fact) => explainFact(plan, fact)) };
}

const COMPARED: Readonly<Record<Comparison, string>> = { lt: 'less than', le: 'at most', gt: 'more than', ge: 'at least' };

function inWords(plan: Plan, condition: Condition): string {
  switch (condition.op) {
    case 'is':
      return `${condition.fact} is ${condition.in.map((value) => valueInWords(plan, condition.fact, value)).join(' or ')}`;
    case 'compare':
      return `${condition.fact} is ${COMPARED[condition.by]} ${condition.value}`;
    case 'relate':
      return `${operandInWords(condition.left)} is ${condition.by === 'eq' ? 'the same as' : COMPARED[condition.by]} ${operandInWords(condition.right)}`;
    case 'unknown':
      return `${reckonedInWords(condition.of)} is not known yet`;
    case 'all':
      return condition.of.map((part) => inBrackets(plan, part, 'any')).join(' and ');
    case 'any':
      return condition.of.map((part) => inBrackets(plan, part, 'all')).join(', or ');
    case 'not':
      return `not (${inWords(plan, condition.of)})`;
  }
}

/** What is reckoned, as one would write it. */
function reckonedInWords(expression: Expression): string {
  switch (expression.op) {
    case 'value':
      return String(expression.value);
    case 'fact':
      return expression.fact;
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return expression.of.map(operandInWords).join(` ${SIGNS[expression.op]} `);
    case 'negative':
      return `−${operandInWords(expression.of)}`;
    case 'later':
      return `${operandInWords(expression.date)} + ${operandInWords(expression.days)} days`;
    case 'size':
      return `the number of rows of ${expression.table}`;
    case 'sum':
      return `the sum of ${expression.table}.${expression.column}`;
  }
}

const SIGNS = { plus: '+', minus: '−', times: '×', over: '÷' } as const;

const operandInWords = (expression: Expression): string =>
  ['plus', 'minus', 'times', 'over', 'later'].includes(expression.op)
    ? `(${reckonedInWords(expression)})`
    : reckonedInWords(expression);

/** `and` and `or` beside each other are told apart by brackets; a single member needs none. */
function inBrackets(plan: Plan, part: Condition, other: 'all' | 'any'): string {
  const words = inWords(plan, part);
  return part.op === other && part.of.length > 1 ? `(${words})` : words;
}

function explainFact(plan: Plan, id: string): FactExplanation {
  const spec = plan.facts.find((fact) => fact.id === id);
  return {
    fact: id,
    choices: spec === undefined ? [] : choicesOf(plan, spec),
    fromRegister: spec?.from === 'roster',
    initial: spec?.initial ?? null,
    setBy: plan.tasks.filter((task) => setsFact(plan, task, id)).map(({ id: task, title }) => ({ id: task, title })),
  };
}

const choicesOf = (plan: Plan, { id, type, choices }: FactSpec): readonly string[] =>
  choices?.map((choice) => valueInWords(plan, id, choice)) ?? (type === 'boolean' ? ['yes', 'no'] : [type]);

/** A value as the forms that ask for it call it: `exit 应退则退 (Exit)`. */
export function valueInWords(plan: Plan, fact: string, value: FactValue): string {
  if (value === null) return 'not known yet';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const title = findChoiceTitle(plan, fact, value);
  return title === undefined ? String(value) : `${value} ${titleOf(title)}`;
}

function findChoiceTitle({ forms }: Plan, fact: string, value: FactValue): Title | undefined {
  for (const form of Object.values(forms)) {
    const choice = factCells(form)
      .find((cell) => cell.fact === fact)
      ?.choices?.find(({ id }) => id === value);
    if (choice !== undefined) return choice.title;
  }
  return undefined;
}

/** The fields of a form whose answers become facts. */
export const factCells = ({ fields }: FormSpec): readonly (Cell & { readonly fact: string })[] =>
  fields.filter((field): field is Cell & { fact: string } => field.type !== 'table' && field.fact !== undefined);

/** Whether a task's answers or outcomes may change a fact. */
export function setsFact(plan: Plan, { form, outcomes }: Plan['tasks'][number], fact: string): boolean {
  const answers = factCells(plan.forms[form]!).some((cell) => cell.fact === fact);
  return answers || outcomes.some(({ set }) => Object.hasOwn(set, fact));
}
