/** What leaves by itself: bulletins. */
import { said } from '../said.ts';

export const outgoing = {
  BULLETIN_NEVER: {
    main: said(
      ['the bulletin has no day to be issued on', 'let it begin earlier, end later, or come more often'],
      ['该简报没有一天可以发布', '提前开始、推后结束，或提高频次'],
    ),
  },
} as const;
