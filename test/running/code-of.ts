/** How an attempt ended: 'taken', or the code it was refused with. */
export const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'taken',
    (failure: { code?: string; refusal?: { code: string } }) => failure.refusal?.code ?? failure.code ?? JSON.stringify(failure),
  );
