import { describe, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}
interface Count {
  readonly passed: number;
  readonly failed: number;
}

const { countTests } = await loadScript<{ countTests(report: Report | undefined, code: number): Count }>('test-count.mjs');

describe('the closing count of npm test', () => {
  it('counts tests, not files', () => {
    const file = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] };
    expect(countTests({ numPassedTests: 2, numFailedTests: 0, testResults: [file] }, 0)).toEqual({ passed: 2, failed: 0 });
  });

  it('counts a file with failed tests by these tests', () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    expect(countTests({ numPassedTests: 1, numFailedTests: 1, testResults: [file] }, 1)).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a file that could not be loaded as one failed test', () => {
    const files = [{ status: 'failed', assertionResults: [] }];
    expect(countTests({ numPassedTests: 0, numFailedTests: 0, testResults: files }, 1)).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a file whose set-up failed, so that its tests were skipped, as one failed test', () => {
    const files = [{ status: 'failed', assertionResults: [{ status: 'skipped' }] }];
    expect(countTests({ numPassedTests: 0, numFailedTests: 0, testResults: files }, 1)).toEqual({ passed: 0, failed: 1 });
  });

  it('counts an error outside of any test as one failed test', () => {
    const file = { status: 'passed', assertionResults: [{ status: 'passed' }] };
    expect(countTests({ numPassedTests: 1, numFailedTests: 0, testResults: [file] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a run that did not report as one failed test', () =>
    expect(countTests(undefined, 1)).toMatchObject({ passed: 0, failed: 1 }));
});
