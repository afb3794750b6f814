/** How much one form may hold. Answers come from outside, so everything in them is bounded before it is read. */
export const FORM_LIMITS = {
  /** Of the answers as JSON, in bytes of UTF-8. */
  bytes: 1_048_576,
  /** Characters of a text, and of the words beside a choice. */
  text: 2_000,
  longText: 20_000,
  /** Rows of any table, whatever its own limit says. */
  rows: 500,
  /** References in one evidence field, and characters of each. */
  evidence: 50,
  reference: 200,
  /** Issues told at once; whoever has more than that will not read the rest. */
  issues: 200,
} as const;
