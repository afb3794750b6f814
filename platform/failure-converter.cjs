// Loaded by Temporal by its path, both in this process and inside the workflow bundle: so plain CommonJS, with this name exported.
// Messages and stack traces of failures are put where the payload codec seals them; by default they would lie in plain text.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
