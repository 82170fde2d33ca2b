/** An engine process that cannot be what it is asked to be, and says why. */
process.send?.({type: 'failed', reason: 'the kernel was not built'});
