/**
 * How much of a stack is kept in workflows. The SDK takes the stack of every promise, to answer `__stack_trace`: of ten frames, that was a fifth of the
 * time of the workflow thread. Three still name the place. Preloaded (worker/bundle.ts), because a workflow finds `Error` frozen.
 */
Error.stackTraceLimit = 3;
