// Runs what `node test/compile.mjs` made: dozens of files in one process. One file needs no compiling while it is worked on: `npx ava test/some/file.test.ts`.
module.exports = {files: require('./build/started.json'), workerThreads: false, timeout: '90s'};
