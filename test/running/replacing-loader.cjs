// Writes one line otherwise while webpack reads a file.
module.exports = function replace(source) {
  const { was, becomes } = this.getOptions();
  const changed = source.replace(was, becomes);
  if (changed === source) throw new Error(`what is to be changed is not there: ${was}`);
  return changed;
};
