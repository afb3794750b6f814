// Changes one rule while webpack reads the engine: what a careless edit would do.
module.exports = (source) => {
  const changed = source.replace('returns: task.returns + 1', 'returns: task.returns + 2');
  if (changed === source) throw new Error('the rule to be changed is not where it was');
  return changed;
};
