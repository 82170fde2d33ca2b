/** An engine process whose sound system hangs: it blocks its thread for good, as a driver would. */
process.send?.({type: 'stage', stage: 'device'}, undefined, undefined, () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
