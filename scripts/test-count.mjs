// Counts what vitest reported. A file that could not be loaded, or whose hooks failed, counts as one failed test. No dependencies.

/** @param report what vitest's JSON reporter wrote, or undefined when it wrote nothing. @param code vitest's exit code. */
export function countTests(report, code) {
  if (report === undefined) return { passed: 0, failed: 1, reason: 'vitest ended before it could report' };
  const passed = report.numPassedTests;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed),
  ).length;
  const failed = report.numFailedTests + broken;
  if (code !== 0 && failed === 0 && passed > 0)
    return { passed, failed: 1, reason: 'vitest reported an error outside of any test' };
  return { passed, failed };
}

function isFailed({ status }) {
  return status === 'failed';
}
