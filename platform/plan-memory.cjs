// One copy of each plan for all workflows of a worker thread (preloaded: worker/bundle.ts) instead of one parsed anew for each of them; what the core
// keeps beside a plan, it then keeps for all of them. The plan codec names the plan by the hash of its text, which it has verified, so this is a memory of
// a pure function. What it keeps is frozen: no workflow can change what another one reads.

/** A workflow whose plan has been forgotten here still has it. */
const MOST_KEPT = 64;
const kept = new Map();
const { fromCharCode } = String;
const { freeze, values } = Object;

/** `hash`: its bytes. `read` is asked once. */
exports.rememberedPlan = function rememberedPlan(hash, read) {
  const name = fromCharCode(...hash);
  let plan = kept.get(name);
  if (plan === undefined) {
    plan = deepFrozen(read());
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, plan);
  }
  return plan;
};

function deepFrozen(value) {
  if (typeof value === 'object' && value !== null) values(freeze(value)).forEach(deepFrozen);
  return value;
}
