// Runs what `node test/compile.mjs` made. One file needs no compiling while it is worked on: `npx ava test/some/file.test.ts`.
module.exports = {files: ['build/test/**/*.test.js'], workerThreads: false, timeout: '90s'};
