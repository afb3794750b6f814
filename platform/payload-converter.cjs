// Loaded by Temporal by its path, inside the workflow bundle alone: so plain CommonJS, with this name exported. Everything but plans is left to the SDK.
const { defaultPayloadConverter } = require('@temporalio/common');
const { rememberedPlan } = require('./plan-memory.cjs');

exports.payloadConverter = {
  toPayload: (value, context, hint) => defaultPayloadConverter.toPayload(value, context, hint),
  fromPayload(payload, context, hint) {
    const hash = payload.metadata?.['plan-hash'];
    if (hash === undefined) return defaultPayloadConverter.fromPayload(payload, context, hint);
    return rememberedPlan(hash, () => defaultPayloadConverter.fromPayload(payload, context, hint));
  },
};
