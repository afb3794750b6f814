#!/usr/bin/env node
// The command `shigeyi`: lets Node read TypeScript, then hands over to main.ts. Says so when the packages are missing.
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    'shigeyi: the packages are not installed. Run npm ci in the directory of shigeyi, or npm start, which does it.\n',
  );
  process.exit(1);
}
await import('./main.ts');
