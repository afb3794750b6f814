/**
 * Telephone numbers, by shape only: eleven digits that begin with 1, or a fixed line with its area code (and an extension). The second digit of a
 * mobile number is left open because new ranges are handed out every few years. Numbers of eleven digits that begin with 100 reach nobody (100 is a
 * range of short service numbers such as 10086), so made-up people have those.
 */
const MOBILE = /^1\d{10}$/;
const FIXED_LINE = /^0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?$/;

/** The number as it is kept (half-width, without spaces), or undefined when it has the shape of no telephone number. */
export function parsePhone(text: string): string | undefined {
  const phone = text.normalize('NFKC').replace(/\s/g, '');
  return MOBILE.test(phone) || FIXED_LINE.test(phone) ? phone : undefined;
}
